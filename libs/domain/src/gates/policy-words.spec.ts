import type { PolicyName, PolicyVerdict } from '@assay/contracts';
import { GATE_WORDS, gateTitle } from './gate-words';
import { GATE_NAMES } from './policy-documents';
import { insteadOf, toldVerdicts } from './policy-words';

const verdict = (
  policy: PolicyName,
  version: string,
  passed: boolean | null,
  gate = 'pbo',
  why = 'x',
): PolicyVerdict => ({
  ...{ policy, version, passed },
  gates: [{ gate, passed, value: 0.2, threshold: 0.5, why }],
});

describe('the words of gates', () => {
  it('ask a question for every gate, whose direction they say, and say what to do next', () => {
    for (const gate of GATE_NAMES) {
      const { title, asks, means, next } = GATE_WORDS[gate];
      expect([gate, title.length > 3, /(at least|at most) the threshold/.test(asks)]).toEqual([gate, true, true]);
      expect([gate, /\.$/.test(means), next.length > 10 && !next.endsWith('.')]).toEqual([gate, true, true]);
    }
    expect(gateTitle('old_gate')).toBe('Old gate');
  });

  it('make sentences of codes, as of all answers', () => {
    const told = (why: string) =>
      toldVerdicts({ default: verdict('default', '2', null, 'pbo', why) })[0]!.gates[0]!.words;
    expect(told('too_few_trials')).toContain('neither refuses nor passes');
    expect(told('indistinguishable_from_benchmark')).toMatch(
      /or none where it never traded.* less than 1 % a year.*: trade, and differently from holding\.$/,
    );
    expect(told('joint p 0.2, at most 0.05 is needed')).toBe('Joint p 0.2, at most 0.05 is needed.');
    expect(told('')).toBe('No reason was kept.');
  });
});

describe('a verdict in words', () => {
  it.each<[PolicyVerdict, string]>([
    [verdict('default', '2', true), 'Passes Default, version 2: good for paper and for live trading.'],
    [verdict('exploratory', '1', true), 'Passes Exploratory, version 1: good for paper trading only.'],
    [verdict('strict', '2', null), 'Not decided under Strict, version 2: evidence is missing.'],
    [verdict('default', '2', false), 'Refused under Default, version 2: Probability of backtest overfitting.'],
  ])('%#: says what was decided and what it is good for', (given, words) => {
    expect(toldVerdicts({ [given.policy]: given })[0]).toMatchObject({ words, in_force: true });
  });

  it('names bars that are made up, which are good for paper alone', () => {
    const counting = verdict('default', '2', true, 'benchmark_p');
    expect(toldVerdicts({ default: counting }, { outsideTrials: 40 })[0]!.words).toBe(
      'Passes Default, version 2: good for paper and for live trading. 40 trials declared as made elsewhere are counted.',
    );
    const apart = verdict('exploratory', '1', true, 'scored_bars');
    expect(toldVerdicts({ exploratory: apart }, { outsideTrials: 1 })[0]!.words).not.toContain('elsewhere');
    expect(toldVerdicts({ default: verdict('default', '2', true) }, { synthetic: ['A', 'B'] })[0]!.words).toBe(
      'Passes Default, version 2: good for paper trading only. The bars of A and B are made up: what they prove says nothing about a market.',
    );
  });

  it('keeps those of past versions under their version, and says what judges instead', () => {
    const told = toldVerdicts({
      default: verdict(
        'default',
        '1',
        true,
        'deflated_sharpe',
        'deflated Sharpe probability must be at least 0.95, was 0.97',
      ),
      large_search: verdict('large_search', '1', false, 'deflated_sharpe_or_absolute_p', 'either a, or b'),
    });
    expect(told.map(({ policy, version, passed, in_force: isIn }) => [policy, version, passed, isIn])).toEqual([
      ['default', '1', true, false],
      ['large_search', '1', false, false],
    ]);
    expect(told[0]!.words).toBe(
      'Passes Default, version 1: good for paper and for live trading. Version 1 of default is replaced: validate again, to be judged by version 2 of default.',
    );
    expect(told[0]!.gates[0]!.words).toBe('Deflated Sharpe probability must be at least 0.95, was 0.97.');
    expect(told[1]!.words).toContain(
      'Version 1 of large_search is retired: validate again, to be judged by version 2 of default.',
    );
    expect(told[1]!.gates[0]!.title).toBe('Deflated Sharpe ratio, or a mean return above chance');
    expect(insteadOf({ policy: 'default', version: '2' })).toBe('');
  });
});
