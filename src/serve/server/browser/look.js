// The look of the preview's own elements. Colours have a contrast of at least 4.5 to 1 in light and dark.
export const look = `
  :host { all: initial; display: block; }
  :host, button { font: 14px/1.6 system-ui, "Hiragino Sans", "Noto Sans JP", Meiryo, sans-serif; }
  [hidden] { display: none !important; }
  .frame { --paper: #ffffff; --ink: #1f1f1f; --quiet: #4a4a4a; --edge: #767676; --bad: #b3261e; --doubt: #7a5200; --mark: #ffe08a; --act: #0b57d0;
    position: fixed; right: 0; bottom: 0; z-index: 2147483647; box-sizing: border-box; max-width: 100vw; color: var(--ink); }
  .frame:has(.panel:not([hidden])) { left: 0; }
  .bar { display: flex; gap: 4px; justify-content: flex-end; padding: 4px; }
  .frame:has(.panel:not([hidden])) .bar { background: var(--paper); border-top: 1px solid var(--edge); }
  button { color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: 6px; padding: 1px 8px; min-height: 28px; cursor: pointer; }
  button:hover { text-decoration: underline; }
  button:focus-visible, .panel:focus-visible, .popover:focus-visible { outline: 3px solid var(--act); outline-offset: 1px; }
  button:disabled { color: var(--quiet); cursor: default; text-decoration: none; }
  button[aria-pressed="true"] { color: var(--paper); background: var(--act); border-color: var(--act); }
  button.error { color: var(--paper); background: var(--bad); border-color: var(--bad); font-weight: bold; }
  button.warning { color: var(--doubt); border-color: var(--doubt); }
  .panel, .popover, .gone, .hint { box-sizing: border-box; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); }
  .panel { max-height: 45vh; overflow: auto; padding: 8px 16px 12px; border-width: 3px 0 0; border-top-color: var(--doubt); box-shadow: 0 -4px 16px #0003; }
  .frame:has(button.error) .panel { border-top-color: var(--bad); }
  .popover { position: fixed; width: min(30rem, calc(100vw - 16px)); padding: 8px 12px 12px; border: 2px solid var(--act); border-radius: 8px; box-shadow: 0 4px 16px #0004; }
  .gone, .hint { margin: 4px; padding: 4px 12px; border-radius: 6px; max-width: 26rem; }
  .gone { border: 2px solid var(--doubt); }
  .head { display: flex; gap: 8px; justify-content: space-between; align-items: start; }
  .standing { font-weight: bold; }
  p { margin: 4px 0; overflow-wrap: anywhere; }
  ol { list-style: none; margin: 0; padding: 0; }
  li { margin: 12px 0; padding: 0 0 0 12px; border-left: 4px solid var(--doubt); }
  li.error { border-left-color: var(--bad); }
  .severity { color: var(--doubt); font-weight: bold; }
  .error .severity { color: var(--bad); }
  code, pre { font: 13px/1.6 ui-monospace, "BIZ UDGothic", "Noto Sans Mono CJK JP", monospace; }
  .what code { color: var(--quiet); }
  .place { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; margin: 4px 0; }
  .place code { overflow-wrap: anywhere; }
  .acts { display: flex; gap: 8px; }
  pre { margin: 4px 0; padding: 4px 8px; border: 1px solid var(--edge); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
  .number { color: var(--quiet); user-select: none; }
  mark { color: #1f1f1f; background: var(--mark); border-bottom: 2px solid var(--bad); }
  .unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (prefers-color-scheme: dark) {
    .frame { --paper: #1f1f1f; --ink: #f1f1f1; --quiet: #c4c4c4; --edge: #9a9a9a; --bad: #ffb4ab; --doubt: #f2c46d; --act: #a8c7fa; }
  }
  @media (max-width: 480px) {
    .frame { left: 0; }
    .frame:has(.hint:not([hidden])) .bar { background: var(--paper); }
    .bar button { padding: 0 6px; font-size: 12px; }
    .hint { max-width: none; margin: 0; padding: 2px 8px; border-width: 1px 0 0; border-radius: 0; font-size: 12px; }
    .place code { flex: 1 0 100%; }
    .acts { flex: 1; }
    .acts button { flex: 1; max-width: 14rem; }
    .head button { flex: none; }
  }
  @media print { :host { display: none; } }
`;
