import { weightSize } from './weight-size';

it('takes capital and own profit, never below nothing', () => {
  expect(weightSize(0.5, '10000', '-500', '19')).toBe('250');
  expect(weightSize(-0.5, '10000', '0', '50')).toBe('100');
  expect(weightSize(1, '100', '-200', '10')).toBe('0');
});
