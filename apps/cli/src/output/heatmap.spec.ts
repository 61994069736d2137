import { heatmap, type Heatmap } from './heatmap';

const axis = (name: string, size: number): Heatmap['rows'] => ({
  name,
  values: Float64Array.from({ length: size }, (_, i) => i + 1),
});
const ESCAPE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

describe('heatmap', () => {
  const small: Heatmap = {
    title: 'Sharpe ratio',
    rows: axis('fast', 3),
    columns: axis('slow', 2),
    values: Float64Array.of(0, 1, NaN, 4, 3, 2),
    marks: [],
  };

  it('shades values from the lowest tenth to the highest, leaves out what is undefined and labels both axes', () => {
    expect(heatmap(small, false)).toBe(
      [
        'Sharpe ratio',
        'fast',
        '   1 ░░░░░░░░░░░░',
        '   2       ██████',
        '   3 ▓▓▓▓▓▓▒▒▒▒▒▒',
        '     1     2  slow',
        '     0.40 or less ░▒▓█ 4.00',
        '',
      ].join('\n'),
    );
  });

  it('puts letters on marked values, a star on two at once', () => {
    const marks = [
      { letter: 'B', meaning: 'best', row: 1, column: 1 },
      { letter: 'P', meaning: 'best plateau', row: 2, column: 0 },
    ];
    const lines = heatmap({ ...small, marks }, false)!.split('\n');
    expect(lines.slice(2, 5)).toEqual(['   1 ░░░░░░░░░░░░', '   2       B█████', '   3 P▓▓▓▓▓▒▒▒▒▒▒']);
    expect(lines[6]).toBe('     0.40 or less ░▒▓█ 4.00  B best  P best plateau');
    const same = heatmap({ ...small, marks: marks.map((mark) => ({ ...mark, row: 1, column: 1 })) }, false)!;
    expect(same).toContain('   2       *█████\n');
    expect(same).toContain('P best plateau  * both');
  });

  it('reduces a large matrix to 20 rows of 40 characters by the highest of each block', () => {
    const values = new Float64Array(50 * 90).map((_, at) => at % 7);
    values[13 * 90 + 44] = 100;
    const lines = heatmap({ ...small, rows: axis('a', 50), columns: axis('b', 90), values }, false)!.split('\n');
    expect(lines[0]).toBe('Sharpe ratio; each block the highest of 3 x 3');
    const rows = lines.slice(2, 19);
    expect(rows).toHaveLength(Math.ceil(50 / 3));
    expect(rows.map((row) => row.length)).toEqual(Array(17).fill(3 + 30));
    expect(rows.map((row) => row.trim().split(' ')[0])).toEqual(
      Array.from({ length: 17 }, (_, i) => String(3 * i + 1)),
    );
    const bright = rows.flatMap((row, r) => [...row.slice(3)].flatMap((shade, c) => (shade === '█' ? [[r, c]] : [])));
    expect(bright).toEqual([[Math.floor(13 / 3), Math.floor(44 / 3)]]);
  });

  it('has the same layout in colour', () => {
    const colour = heatmap({ ...small, marks: [{ letter: 'B', meaning: 'best', row: 1, column: 1 }] }, true)!;
    expect(colour).toContain('\x1b[48;5;227m\x1b[1;38;5;16mB     \x1b[0m');
    const plain = colour.replace(ESCAPE, '').split('\n');
    expect(plain[3]).toBe('   2       B     ');
    expect(plain[6]).toBe(`     0.40 or less ${' '.repeat(11)} 4.00  B best`);
  });

  it('shows equal values in one shade, and nothing when none is defined', () => {
    expect(heatmap({ ...small, values: new Float64Array(6).fill(0.5) }, false)).toContain('   3 ████████████\n');
    expect(heatmap({ ...small, values: new Float64Array(6).fill(NaN) }, false)).toBeNull();
  });
});
