import { gateNamed, verdictsOf, wordsOf } from './verdicts';

const GATES = {
  exploratory: { passed: true, policy: 'exploratory', version: '1', gates: [] },
  default: {
    passed: false,
    version: '2',
    gates: [
      {
        gate: 'benchmark_p',
        passed: false,
        value: 0.1,
        threshold: 0.05,
        why: 'benchmark_p must be at most 0.05, was 0.1',
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

  it('has nothing before the first judgement', () => expect(verdictsOf({})).toEqual([]));
});

it('says why in words', () => {
  const [verdict] = verdictsOf(GATES);
  expect(wordsOf(verdict!.gates[0]!)).toBe('Benchmark_p must be at most 0.05, was 0.1');
  expect(wordsOf(verdict!.gates[1]!)).toMatch(/^Too few trials/);
});
