import { gateNamed, verdictsOf } from './verdicts';

const GATES = {
  exploratory: { passed: true, policy: 'exploratory', version: '1', gates: [] },
  default: {
    passed: false,
    version: '2',
    words: 'Refused under Default, version 2.',
    gates: [
      {
        gate: 'benchmark_p',
        passed: false,
        value: 0.1,
        threshold: 0.05,
        why: 'joint p 0.1, at most 0.05 is needed',
        title: 'Better than its benchmark',
        words: 'Joint p 0.1, at most 0.05 is needed.',
      },
      { gate: 'pbo', passed: null, value: null, threshold: 0.5, why: 'too_few_trials' },
      { nothing: true },
    ],
  },
};

describe('verdictsOf', () => {
  it('puts the default policy first and keeps what is a gate', () => {
    const verdicts = verdictsOf(GATES);
    expect(verdicts.map(({ policy, passed, gates }) => [policy, passed, gates.length])).toEqual([
      ['default', false, 2],
      ['exploratory', true, 0],
    ]);
    expect(gateNamed(verdicts, 'pbo')).toMatchObject({ passed: null, value: null, threshold: 0.5 });
    expect(gateNamed(verdicts, 'spa')).toBeUndefined();
  });

  it('keeps the words of the API', () => {
    const [verdict] = verdictsOf(GATES);
    expect(verdict).toMatchObject({
      words: 'Refused under Default, version 2.',
      gates: [
        { title: 'Better than its benchmark', words: 'Joint p 0.1, at most 0.05 is needed.', informational: false },
        { title: 'Pbo', words: '' },
      ],
    });
  });

  it('has nothing before the first judgement', () => expect(verdictsOf({})).toEqual([]));
});
