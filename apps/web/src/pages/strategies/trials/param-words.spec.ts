import { paramWords } from './param-words';

describe('what a trial was tried with, in words', () => {
  it('names values by the end of their path, and by more of it where two ends are alike', () => {
    expect(paramWords({ 'costs.fee_bps': 10, 'signal.rule_tree.groups.0.rules.0.value': 0.1 })).toBe(
      'fee bps 10, value 0.1',
    );
    expect(paramWords({ 'features.0.window': 5, 'features.1.window': 20 })).toBe('0.window 5, 1.window 20');
  });

  it('reaches into what is nested, and says none where nothing stands', () => {
    expect(paramWords({ fill: 'next_open', costs: { fee_bps: 5 }, seed: null })).toBe(
      'fill next_open, fee bps 5, seed none',
    );
    expect(paramWords({})).toBe('');
  });
});
