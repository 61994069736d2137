import { paletteOf } from './palette';
import { rankedBars, rankedBarsHeight, rankedBarsTable } from './ranked-bars';

const data = {
  valueName: 'Rise of the loss',
  bars: [
    { name: 'edge', value: 0.02 },
    { name: 'noise', value: -0.01 },
  ],
};

describe('ranked bars', () => {
  it('draw the first at the top, and those below nothing in another colour', () => {
    const palette = paletteOf('light');
    const { yAxis, series } = rankedBars(data, palette, String) as any;
    expect([yAxis.inverse, yAxis.data]).toEqual([true, ['edge', 'noise']]);
    expect(series[0].data.map((bar: any) => [bar.value, bar.itemStyle.color])).toEqual([
      [0.02, palette.series[0]],
      [-0.01, palette.series[1]],
    ]);
  });

  it('are as high as they need, and stand as a table too', () => {
    expect([0, 2, 10].map(rankedBarsHeight)).toEqual([120, 120, 360]);
    expect(rankedBarsTable(data, String).rows).toEqual([
      ['edge', '0.02'],
      ['noise', '-0.01'],
    ]);
  });
});
