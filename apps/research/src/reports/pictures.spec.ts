import { heatmapPicture, type DrawnHeatmap } from './heatmap-picture';
import { histogramPicture } from './histogram-picture';
import { linePicture } from './line-picture';
import { placeOfTime } from './place-of-time';
import { rowPicture } from './pictures';
import { pricePicture, type DrawnPrices } from './price-picture';
import { stripPicture } from './strip-picture';

const DAYS = ['2024-01-02', '2024-01-03', '2024-01-05'];

describe('a picture of lines', () => {
  it('puts each value at its place, and breaks where there is none', () => {
    const { text } = linePicture('L', DAYS, [{ name: 'a', values: [0, 1, 0.5] }, { name: 'b', values: [1, null, 0] }], { at: [0, 1, 4], height: 132 })!; // prettier-ignore
    expect(text).toContain('d="M64.0 108.0L226.0 8.0L712.0 58.0" class="line c0"');
    expect(text).toContain('d="M64.0 8.0M712.0 108.0" class="line c1" stroke-dasharray="6 3"');
  });

  it('is filled to 0, and there is none without a value or of a single time', () => {
    const filled = linePicture('L', DAYS, [{ name: 'a', values: [-0.1, -0.2, -0.4] }], { filled: true, height: 132 })!;
    expect(filled.text).toContain('L712.0 108.0L712.0 8.0L64.0 8.0Z" class="area c0"');
    const late = linePicture('L', DAYS, [{ name: 'a', values: [null, -0.2, -0.4] }], { filled: true, height: 132 })!;
    expect(late.text).toMatch(/d="M388\.0 [\d.]+L712\.0 [\d.]+L712\.0 8\.0L388\.0 8\.0Z" class="area c0"/);
    expect(linePicture('L', DAYS, [{ name: 'a', values: [null, null, null] }])).toBeUndefined();
    expect(linePicture('L', ['2024-01-02'], [{ name: 'a', values: [1] }])).toBeUndefined();
  });

  it('has stretches by name between lines, each line once, and a moment with its name on the side that has room', () => {
    const spans = [{ name: '1', from: 0, to: 2 }, { name: '2', from: 2, to: 9 }]; // prettier-ignore
    const { text } = linePicture('L', DAYS, [{ name: 'a', values: [0, 1, 2] }], {
      ...{ at: [0, 1, 4], spans, moment: { at: 3, name: 'judged' } },
    })!;
    const places = (of: RegExp): string[] => [...text.matchAll(of)].map(([, x]) => x!);
    // 0 to 4 on 64 to 712, and no further
    expect(places(/<rect\s+x="([\d.]+)"/g)).toEqual(['64.0', '388.0']);
    expect(places(/<line x1="([\d.]+)"[^>]*class="edge"/g)).toEqual(['64.0', '388.0', '712.0']);
    expect(places(/<text\s+x="([\d.]+)"\s+y="18"\s+text-anchor="middle"/g)).toEqual(['226.0', '550.0']);
    expect(text).toMatch(/<text x="546.0" y="18" text-anchor="end"\s*>judged</);
  });
});

describe('a picture of prices', () => {
  const prices: DrawnPrices = {
    ...{ kind: 'candles', bars: [0, 1], times: DAYS.slice(0, 2) },
    ...{ open: [10, 12], high: [13, 12], low: [9, 8], close: [12, 9] },
  };
  const marks = [
    { bar: 0, kind: 'buy' as const, price: 9, text: 'bought' },
    { bar: 1, kind: 'sell' as const, price: 12, text: 'sold' },
  ];

  it('tells rising from falling bars, and purchases from sales, without colours', () => {
    const text = pricePicture('P', prices, marks)!.text;
    expect(text.match(/class="(hollow|full)"/g)).toEqual(['class="hollow"', 'class="full"']);
    // 13 to 8 on 16 to 268: a purchase points upwards from below its low, a sale downwards from above its high
    expect(text).toContain('points="226.0,221.6 222.0,229.6 230.0,229.6" class="buy"');
    expect(text).toContain('points="550.0,62.4 546.0,54.4 554.0,54.4" class="sell"');
  });

  it('is a line of closes where there are no candles', () => {
    const text = pricePicture('P', { ...prices, kind: 'closes' }, [])!.text;
    expect(text).toContain('d="M226.0 16.0L550.0 268.0"');
    expect(text).not.toMatch(/hollow|full/);
    expect(pricePicture('P', { ...prices, bars: [0] }, [])).toBeUndefined();
  });
});

describe('a picture of rows', () => {
  it('has a bar a value on its side of 0, and long names cut', () => {
    const rows = [{ name: 'A', value: 0.3 }, { name: 'A-NAME-THAT-IS-LONG', value: -0.1 }]; // prettier-ignore
    const text = rowPicture('R', rows, (value) => `${value * 100} %`)!.text;
    expect(text.match(/class="(above|below)"/g)).toEqual(['class="above"', 'class="below"']);
    expect(text).toContain('>A-NAME-THAT-I…<');
    expect(rowPicture('R', [], String)).toBeUndefined();
  });
});

describe('the place of a time', () => {
  it.each([
    ['2024-01-01', 0],
    ['2024-01-03', 10],
    ['2024-01-04T12:00:00.000Z', 25],
    ['2024-02-01', 30],
  ])('of %s is in proportion to the days', (time, place) => expect(placeOfTime(DAYS, [0, 10, 30], time)).toBe(place));
});

describe('a picture of a histogram', () => {
  it('tells the bins up to the split from those above it, and names the open ones', () => {
    const histogram = { edges: [-1, 0, 1], counts: [2, 4, 0, 1] };
    const text = histogramPicture('H', histogram, { at: 0, below: 'worse', above: 'better' })!.text;
    const bars = [...text.matchAll(/class="(above|below)"\s*><title>([^<]*)/g)].map(([, side, name]) => [side, name]);
    expect(bars).toEqual([
      ['below', 'up to -1: 2'],
      ['below', 'above -1 up to 0: 4'],
      ['above', 'above 1: 1'],
    ]);
    expect(histogramPicture('H', { edges: [0], counts: [0, 0] }, { at: 0, below: '', above: '' })).toBeUndefined();
  });
});

describe('a picture of a heatmap', () => {
  const map: DrawnHeatmap = {
    x: { name: 'fast', values: ['5', '10'] },
    y: { name: 'slow', values: ['50', '100', '200'] },
    values: [[0, 1], [null, 0.5], [0.25, 0.75]], // prettier-ignore
    marks: [{ kind: 'box', name: 'best', x: 1, y: 0 }],
  };
  const picture = (change: Partial<DrawnHeatmap> = {}) => heatmapPicture('M', { ...map, ...change }, String)!;

  it('has a field for each defined value, the darker the greater, the least row at the bottom', () => {
    const { text } = picture();
    const shades = [...text.matchAll(/<path d="([^"]*)" class="heat (h\d)"/g)].map(([, d, shade]) => [shade, d!.split('M').length - 1]); // prettier-ignore
    expect(shades).toEqual([['h0', 1], ['h2', 1], ['h4', 1], ['h6', 1], ['h7', 1]]); // prettier-ignore
    // the greatest is at the lower right of three rows of 22 from 18 on
    expect(text).toContain('<path d="M388.0 62.0h324.0v22.0h-324.0z" class="heat h7" />');
    expect([...text.matchAll(/class="on-field"\s*>([^<]*)</g)].map(([, figure]) => figure)).toEqual(['0', '1', '0.5', '0.25', '0.75']); // prettier-ignore
    expect(text).toMatch(/From 0\s+<svg[\s\S]*to 1\./);
  });

  it('marks fields by shapes, and has no figures where fields are small', () => {
    expect(picture().text.match(/class="framed box"/g)).toHaveLength(2);
    const many = Array.from({ length: 30 }, (_, i) => String(i));
    const large = picture({ x: { name: 'fast', values: many }, values: map.values.map(() => many.map(Number)) });
    expect(large.text).not.toContain('on-field');
    expect(heatmapPicture('M', { ...map, values: [[null, null]] }, String)).toBeUndefined();
  });
});

describe('a strip', () => {
  it('has a mark a value between its ends, and the middle half as a bar', () => {
    const text = stripPicture([1, 3, 2], 1.5, 2.5)!.text;
    const marks = [...text.matchAll(/x1="([\d.]+)"[^>]*class="tick"/g)].map(([, x]) => x);
    expect(marks).toEqual(['5.0', '127.0', '66.0']);
    expect(text).toMatch(/<rect\s+x="35.5"\s+y="5"\s+width="61.0"/);
    expect(stripPicture([4, 4], 4, 4)!.text).toContain('x1="66.0"');
    expect(stripPicture([], 0, 0)).toBeUndefined();
  });
});
