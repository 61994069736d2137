import { atLeast, atMost, closedBy, enoughOf, missing, neutral } from './verdicts';

describe('a bound', () => {
  it('holds at its threshold, and where only rounding lies between', () => {
    expect(atLeast('x', 0.3, 0.3)).toEqual({
      passed: true,
      value: 0.3,
      threshold: 0.3,
      why: 'x 0.3, at least 0.3 is needed',
    });
    expect(atLeast('x', 0.1 + 0.2 - 1e-16, 0.3).passed).toBe(true);
    expect(atMost('x', 0.1 + 0.2, 0.3).passed).toBe(true);
    expect(atMost('x', 0.3, 0.3).passed).toBe(true);
  });

  it('fails beyond, and says by how much in six digits', () => {
    expect(atLeast('x', 0.29, 0.3).passed).toBe(false);
    expect(atMost('x', 1 / 3, 0.3)).toMatchObject({ passed: false, why: 'x 0.333333, at most 0.3 is needed' });
  });

  it.each([null, NaN])('fails for %p, which is no value', (value) => {
    for (const verdict of [atLeast('x', value, -1), atMost('x', value, 1)])
      expect(verdict).toMatchObject({ passed: false, value: null, why: expect.stringMatching(/^x undefined, /) });
  });
});

it('closes what rests on a part, whatever its value, and leaves the rest alone', () => {
  const verdict = atLeast('x', 2, 1);
  expect(closedBy(undefined, verdict)).toBe(verdict);
  expect(closedBy('over 1 of 2 folds', verdict)).toEqual({
    ...verdict,
    passed: false,
    why: 'x 2, at least 1 is needed (over 1 of 2 folds), which passes no gate',
  });
});

it('tells evidence that is not there from a gate that has nothing to say', () => {
  expect(missing(0.5)).toEqual({ passed: null, value: null, threshold: 0.5, why: 'evidence_missing' });
  expect(neutral(0.5, 'too_few_trials', 1)).toEqual({ passed: null, value: 1, threshold: 0.5, why: 'too_few_trials' });
  expect(neutral(0.5, 'not_applicable').value).toBeNull();
});

it('counts what there is of what is needed', () => {
  expect(enoughOf('trades', 14, 20)).toEqual({
    passed: false,
    value: 14,
    threshold: 20,
    why: '14 of 20 needed trades',
  });
  expect(enoughOf('trades', 20, 20)).toMatchObject({ passed: true, why: '20 trades, 20 are needed' });
});
