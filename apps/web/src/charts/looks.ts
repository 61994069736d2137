import type { Palette } from './palette';

/** What all pictures share: axis, grid and tooltip in the colours of the scheme. */
export const looksOf = (palette: Palette) => ({
  textStyle: { color: palette.text, fontFamily: 'system-ui, sans-serif' },
  axis: {
    axisLine: { lineStyle: { color: palette.muted } },
    axisTick: { lineStyle: { color: palette.muted } },
    axisLabel: { color: palette.muted },
    nameTextStyle: { color: palette.muted },
    splitLine: { lineStyle: { color: palette.grid } },
  },
  tooltip: {
    backgroundColor: palette.surface,
    borderColor: palette.grid,
    textStyle: { color: palette.text, fontSize: 12 },
    confine: true,
  },
});
