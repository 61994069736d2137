import { toJson } from './json';
import { Progress } from './progress';
import { counted, table } from './table';

describe('output', () => {
  it('aligns text to the left and numbers to the right, with a dash for undefined', () => {
    expect(
      table(
        ['metric', 'value'],
        [
          ['sharpe_ratio', 1.2345678],
          ['n', 12],
          ['beta', null],
        ],
      ),
    ).toBe(
      'metric          value\n------------  -------\nsharpe_ratio  1.23457\nn                  12\nbeta                -\n',
    );
  });

  it('keeps a row on its line, whatever somebody has written', () => {
    expect(table(['reason'], [['a\u001b[31mred\nline\u009b2J']])).toBe(
      `reason\n${'-'.repeat(17)}\na [31mred line 2J\n`,
    );
  });

  it('groups the digits of counts', () => {
    expect([7, 999, 4851, 12345678].map(counted)).toEqual(['7', '999', '4,851', '12,345,678']);
  });

  it('writes typed arrays as arrays and what is no number as null', () => {
    expect(toJson({ values: Float64Array.of(NaN, 1.5, Infinity), none: NaN })).toBe(
      '{"values":[null,1.5,null],"none":null}\n',
    );
  });

  it('shows no progress in the first second, then now and then', () => {
    const lines: string[] = [];
    let now = 0;
    const io = {
      out: () => undefined,
      err: (text: string) => void lines.push(text),
      outHasColour: false,
      errIsTerminal: false,
    };
    const progress = new Progress(io, 'sweep', () => now);
    for (now = 0; now <= 12_000; now += 500) progress.report(now / 12_000);
    progress.done();
    expect(lines).toEqual(['sweep 8 % after 1.0 s\n', 'sweep 50 % after 6.0 s\n', 'sweep 92 % after 11.0 s\n']);
  });

  it('redraws one line on a terminal and ends it', () => {
    const lines: string[] = [];
    let now = 0;
    const io = {
      out: () => undefined,
      err: (text: string) => void lines.push(text),
      outHasColour: false,
      errIsTerminal: true,
    };
    const progress = new Progress(io, 'sweep', () => now);
    for (now = 900; now <= 1200; now += 50) progress.report(0.5);
    progress.done();
    const redrawn = ['1.0', '1.1', '1.2'].map((seconds) => `\rsweep [==========          ] 50 % after ${seconds} s `);
    expect(lines).toEqual([...redrawn, '\n']);
  });

  it('says an amount where the end is not known', () => {
    const lines: string[] = [];
    let now = 0;
    const progress = new Progress({ err: (text) => void lines.push(text), errIsTerminal: false }, 'export', () => now);
    for (now = 500; now <= 7_000; now += 500) progress.amount(`${now} MB`);
    progress.done();
    expect(lines).toEqual(['export 1000 MB after 1.0 s\n', 'export 6000 MB after 6.0 s\n']);
  });
});
