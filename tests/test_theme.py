import pytest

from ui.theme import DARK, LIGHT, STYLE, theme_options


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_as_in_the_standard():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_ground(theme):
    assert contrast(theme["textColor"], theme["backgroundColor"]) >= 7
    assert contrast(theme["textColor"], theme["secondaryBackgroundColor"]) >= 7
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5
    assert contrast(theme["linkColor"], theme["backgroundColor"]) >= 4.5
    for colour in ("blue", "green", "yellow", "red"):
        assert contrast(theme[f"{colour}TextColor"], theme[f"{colour}BackgroundColor"]) >= 4.5


def test_the_theme_is_given_for_light_and_dark_and_loads_nothing():
    options = theme_options()
    assert options["theme.light.primaryColor"] == LIGHT["primaryColor"]
    assert options["theme.dark.primaryColor"] == DARK["primaryColor"]
    assert "http" not in STYLE + "".join(options.values())
