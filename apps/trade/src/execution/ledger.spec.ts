import fc from 'fast-check';
import { applyFill, FLAT, ownProfit } from './ledger';
import type { LedgerFill } from './ledger';

const fill = (side: 'BUY' | 'SELL', qty: string, price: string, fee = '0'): LedgerFill => ({ side, qty, price, fee });

describe('position ledger', () => {
  it('averages what is added and realises what is closed', () => {
    const bought = applyFill(applyFill(FLAT, fill('BUY', '10', '100', '1')), fill('BUY', '10', '110', '1'));
    expect(bought).toEqual({ qty: '20', averagePrice: '105', realisedPnl: '0', fees: '2' });
    expect(applyFill(bought, fill('SELL', '5', '125'))).toEqual({
      qty: '15',
      averagePrice: '105',
      realisedPnl: '100',
      fees: '2',
    });
  });

  it('opens anew at the fill price when a fill flips the position', () => {
    const flipped = applyFill(applyFill(FLAT, fill('SELL', '4', '50')), fill('BUY', '6', '45'));
    expect(flipped).toEqual({ qty: '2', averagePrice: '45', realisedPnl: '20', fees: '0' });
  });

  it('has no average price when it is flat', () => {
    expect(applyFill(applyFill(FLAT, fill('BUY', '1', '3')), fill('SELL', '1', '2'))).toMatchObject({
      qty: '0',
      averagePrice: null,
      realisedPnl: '-1',
    });
  });

  it('profit is the cash that moved plus what the position is worth', () => {
    const anyFill = fc.record({
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      qty: fc.integer({ min: 1, max: 1000 }).map(String),
      price: fc.integer({ min: 1, max: 100_000 }).map((cents) => (cents / 100).toFixed(2)),
      fee: fc.integer({ min: 0, max: 500 }).map((cents) => (cents / 100).toFixed(2)),
    });
    fc.assert(
      fc.property(fc.array(anyFill, { maxLength: 12 }), fc.integer({ min: 1, max: 1000 }), (fills, last) => {
        let cash = 0;
        for (const { side, qty, price, fee } of fills) cash -= (side === 'BUY' ? 1 : -1) * +qty * +price + +fee;
        const position = fills.reduce(applyFill, FLAT);
        expect(Number(ownProfit(position, String(last)))).toBeCloseTo(cash + Number(position.qty) * last, 4);
      }),
    );
  });
});
