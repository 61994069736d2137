import { databaseSettings } from './database-settings';

const settings = (size?: string) => databaseSettings({ DB_URL: 'postgres://127.0.0.1/assay', DB_POOL_SIZE: size });

describe('the size of the pool', () => {
  it('is 10 unless given', () => {
    expect([settings().poolSize, settings('').poolSize, settings('3').poolSize]).toEqual([10, 10, 3]);
  });

  it.each(['0', '-1', '2.5', 'many', '1001'])('is refused as %s', (size) => {
    expect(() => settings(size)).toThrow(`DB_POOL_SIZE must be an integer from 1 to 1000, was ${size}`);
  });
});
