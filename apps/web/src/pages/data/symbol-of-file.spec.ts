import { symbolOfFile } from './symbol-of-file';

describe('symbolOfFile', () => {
  it.each([
    ['BTCUSDT-1h-2025-01.zip', 'BTCUSDT'],
    ['aapl.csv', 'AAPL'],
    ['historical prices SPY 2024.csv.gz', 'SPY'],
    ['daily_msft.parquet', 'MSFT'],
    ['data.csv', ''],
    ['2024-01.csv', ''],
  ])('%s is %p', (name, symbol) => expect(symbolOfFile(name)).toBe(symbol));
});
