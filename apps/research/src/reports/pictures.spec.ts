import { linePicture } from './line-picture';
import { rowPicture } from './pictures';
import { pricePicture, type DrawnPrices } from './price-picture';

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
