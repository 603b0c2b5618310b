"""The looks of the app outside its own component: Streamlit's theme as options, and a small style sheet.

The theme has a light and a dark side and follows the person's system. Fonts are the system's own: nothing is loaded.
"""

SANS = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif"

LIGHT = {
    "primaryColor": "#0b5563",
    "backgroundColor": "#faf9f6",
    "secondaryBackgroundColor": "#f1efe9",
    "textColor": "#1d252d",
    "linkColor": "#0b5563",
    "borderColor": "#d3cec2",
    "greenColor": "#1c6b3f",
    "redColor": "#a02c1c",
}
DARK = {
    "primaryColor": "#237382",
    "backgroundColor": "#14191d",
    "secondaryBackgroundColor": "#20282e",
    "textColor": "#e9e6df",
    "linkColor": "#7fd0dc",
    "borderColor": "#3f4c55",
    "greenColor": "#86d6a6",
    "redColor": "#ff9f8f",
}
COMMON = {
    "font": SANS,
    "headingFont": SANS,
    "baseRadius": "8px",
    "showWidgetBorder": "true",
    "headingFontSizes": "2rem, 1.5rem, 1.25rem, 1.1rem, 1rem, 1rem",
    "headingFontWeights": "650, 650, 650, 650, 650, 650",
}


def theme_options() -> dict[str, str]:
    """Streamlit's options by name ("theme.light.primaryColor")."""
    return {
        **{f"theme.{name}": value for name, value in COMMON.items()},
        **{f"theme.light.{name}": value for name, value in LIGHT.items()},
        **{f"theme.dark.{name}": value for name, value in DARK.items()},
    }


STYLE = """
<style>
.block-container { max-width: 92rem; padding-top: 4.5rem; padding-bottom: 3rem; }
@media (max-width: 640px) { .block-container { padding-left: 1rem; padding-right: 1rem; } }
[data-testid="stHeader"] { border-bottom: 1px solid light-dark(#dcd8ce, #36424a); }
[data-testid="stForm"] { padding: 1rem 1.1rem; }
h1 { letter-spacing: -0.02em; }
.kb-intro { color: light-dark(#52606b, #aab4bb); font-size: 1.05rem; max-width: 46rem; margin: 0; line-height: 1.55; }
.kb-part { white-space: pre-wrap; font-size: 1.05rem; line-height: 1.6; max-width: 46rem; }
.st-key-examples button { border: 0; background: none; padding-left: 0.2rem; text-align: left; min-height: 2.1rem; }
.st-key-examples button:hover { text-decoration: underline; }
.kb-step { color: light-dark(#52606b, #aab4bb); margin: 0; }
</style>
"""
