import { shortAnswer } from './gate-answer';

describe('the answer of a gate for reading', () => {
  it('has three significant digits, and not what a figure was made of', () => {
    expect(
      shortAnswer(
        'Joint p of the gain over the benchmark at its own beta 0.842016, at most 0.05 is needed (blocks 0.842016, bar by bar 0.815918); 3 trials counted.',
      ),
    ).toBe('Joint p of the gain over the benchmark at its own beta 0.842, at most 0.05 is needed; 3 trials counted.');
    expect(shortAnswer('mean out-of-sample Sharpe -0.123456, at least 0.5 is needed')).toBe(
      'mean out-of-sample Sharpe -0.123, at least 0.5 is needed',
    );
    expect(shortAnswer('a chance of 0.0000123456')).toBe('a chance of 0.0000123');
  });

  it('never rounds a figure to the bound that it missed', () => {
    expect(shortAnswer('raw p 0.0500012, at most 0.05 is needed')).toBe('raw p 0.0500012, at most 0.05 is needed');
  });

  it('leaves counts, days and whole numbers as they are', () => {
    const words = '1,234 trials from 2024-01-05 to 2024-02-07, 12.5 bars, version 1.2.34567';
    expect(shortAnswer(words)).toBe(words);
  });
});
