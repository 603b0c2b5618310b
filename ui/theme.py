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
    "blueTextColor": "#0b4652",
    "blueBackgroundColor": "#e6f0f1",
    "greenTextColor": "#17572f",
    "greenBackgroundColor": "#e5f1e9",
    "yellowTextColor": "#664500",
    "yellowBackgroundColor": "#fbf1d9",
    "redTextColor": "#8a2516",
    "redBackgroundColor": "#f9e7e3",
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
    "blueTextColor": "#b5dfe6",
    "blueBackgroundColor": "#1d333a",
    "greenTextColor": "#a5dfbc",
    "greenBackgroundColor": "#1c3326",
    "yellowTextColor": "#f1d390",
    "yellowBackgroundColor": "#38300f",
    "redTextColor": "#ffb8ab",
    "redBackgroundColor": "#412320",
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
.st-key-ask_row > :first-child { flex: 1 1 16rem; min-width: min(16rem, 100%); }
[data-testid="stTextInputRootElement"], [data-testid="stTextAreaRootElement"], [data-testid="stSelectbox"] [role="group"] {
  background: light-dark(#ffffff, #1b2227); border-color: light-dark(#8b949b, #6d7a83);
}
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: light-dark(#52606b, #aab4bb); opacity: 1; }
[data-testid="InputInstructions"] { display: none; }
.st-key-ask_row input { font-size: 1.08rem; }
h1 { letter-spacing: -0.02em; }
.kb-intro { color: light-dark(#52606b, #aab4bb); font-size: 1.05rem; max-width: 46rem; margin: 0; line-height: 1.55; }
.kb-part { white-space: pre-wrap; font-size: 1.05rem; line-height: 1.6; max-width: 46rem; }
.st-key-examples button { border: 0; background: none; padding-left: 0.2rem; text-align: left; min-height: 2.1rem; }
.st-key-examples button:hover { text-decoration: underline; }
.kb-step { color: light-dark(#52606b, #aab4bb); margin: 0; }
.kb-outcome { margin: 0 0 0.5rem; }
.kb-outcome figcaption { font-weight: 650; margin-bottom: 0.4rem; }
.kb-outcome .bar { display: flex; gap: 2px; height: 1.4rem; border-radius: 6px; overflow: hidden; }
.kb-outcome ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; padding: 0; margin: 0.5rem 0 0; }
.kb-outcome .dot { display: inline-block; width: 0.75rem; height: 0.75rem; border-radius: 3px; margin-right: 0.4rem; }
.kb-plot { max-width: 52rem; font-size: 0.92rem; }
.kb-plot p { margin: 0.5rem 0 0; display: flex; gap: 1.2rem; font-weight: 650; }
.kb-plot p span::before {
  content: ""; display: inline-block; width: 0.7rem; height: 0.7rem; border-radius: 50%; margin-right: 0.4rem;
  background: var(--run);
}
.kb-plot ul { list-style: none; margin: 0; padding: 0; }
.kb-plot li {
  display: grid; grid-template-columns: minmax(8rem, 17rem) 1fr; gap: 1rem; align-items: center; margin: 0;
  padding-right: 1rem;
}
.kb-plot li > div {
  position: relative; display: grid; gap: 2px; padding: 0.45rem 0; border-right: 1px solid light-dark(#dcd8ce, #36424a);
  background: repeating-linear-gradient(to right, light-dark(#dcd8ce, #36424a) 0 1px, transparent 1px 25%);
}
.kb-plot .scale > div {
  height: 1.6rem; background: none; border: 0; font-size: 0.8rem; color: light-dark(#52606b, #aab4bb);
}
.kb-plot .scale div span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.kb-plot i { position: relative; display: block; height: 0.75rem; }
.kb-plot i::before {
  content: ""; position: absolute; left: var(--low); width: var(--wide); top: 50%; height: 3px; margin-top: -1.5px;
  border-radius: 2px; background: var(--run); opacity: 0.55;
}
.kb-plot i::after {
  content: ""; position: absolute; left: var(--at); top: 50%; width: 0.7rem; height: 0.7rem; margin: -0.35rem 0 0 -0.35rem;
  border-radius: 50%; background: var(--run);
}
.kb-plot .run0 { --run: light-dark(#0b5563, #7fd0dc); }
.kb-plot .run1 { --run: light-dark(#b0671a, #f0b267); }
@media (max-width: 640px) {
  .kb-plot li { grid-template-columns: 1fr; gap: 0; }
  .kb-plot .scale div span:nth-child(even) { display: none; }
}
</style>
"""
