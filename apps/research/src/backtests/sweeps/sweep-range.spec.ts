import { valuesOfParam } from './sweep-range';

const values = (range: string): unknown[] => valuesOfParam({ path: 'x', range }, 0);

describe('valuesOfParam', () => {
  it('includes both ends and rounds to twelve decimals', () => {
    expect(values('0:0.3:0.1')).toEqual([0, 0.1, 0.2, 0.3]);
    expect(values('2:5')).toEqual([2, 3, 4, 5]);
    expect(values('5:5')).toEqual([5]);
    expect(values('5:12:5')).toEqual([5, 10]);
  });

  it('takes a list as it is', () => {
    expect(valuesOfParam({ path: 'x', values: [3, 1] }, 0)).toEqual([3, 1]);
  });

  it('refuses a value that is given twice', () => {
    expect(() => valuesOfParam({ path: 'x', values: ['a', 'b', 'a'] }, 1)).toThrow(
      'params[1].values[2] must be given once',
    );
  });

  it.each(['3:1', '1:3:0', '1:3:-1', '0:1:0.00001'])('refuses %s', (range) => {
    expect(() => values(range)).toThrow('params[0].range must');
  });

  it('refuses steps so small that twelve decimals make values equal', () => {
    expect(() => values('0:1e-12:1e-13')).toThrow('params[0].range must give different values at twelve decimals');
    expect(values('0:3e-12:1e-12')).toEqual([0, 1e-12, 2e-12, 3e-12]);
  });

  it('refuses neither and both', () => {
    expect(() => valuesOfParam({ path: 'x' }, 2)).toThrow('params[2] must have one of values, range and log_range');
    expect(() => valuesOfParam({ path: 'x', values: [1], range: '1:2' }, 2)).toThrow('one of');
    expect(() => valuesOfParam({ path: 'x', range: '1:2', log_range: '1:2:3' }, 2)).toThrow('one of');
  });

  it('multiplies by the same factor from value to value, the ends as they are given', () => {
    const log = (log_range: string): unknown[] => valuesOfParam({ path: 'x', log_range }, 0);
    expect(log('0.001:10:5')).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(log('1:2:3')).toEqual([1, 1.41421356237, 2]);
    for (const wrong of ['0:1:3', '2:1:3', '1:2:1', '1:2:9999', '1:1.0000000000001:9'])
      expect(() => log(wrong)).toThrow('params[0].log_range must');
  });
});
