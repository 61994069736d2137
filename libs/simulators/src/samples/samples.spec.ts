import { REAL_SAMPLES, realSample } from '.';

describe('bars of real markets', () => {
  it.each(REAL_SAMPLES)('are there as text: %s', (name) => {
    const { origin, content } = realSample(name);
    expect(origin).toContain('real');
    expect(content.split('\n')[0].toLowerCase()).toContain('date,open,high,low,close');
    expect(content.split('\n').length).toBeGreaterThan(1000);
  });
});
