import { actionsFor, asksOf, blockedWhy } from './actions';
import { countWords } from './count';
import { multiplyDecimals, openGain } from './exact';
import { dryRunStep } from './dry-run';
import { checkOutcome, checkValue } from './reasons';
import { restingWords } from './resting';
import { runOutcome, runReason } from './run';
import { scheduleWords } from './schedule';
import { changesOf, settingsOf, settingsProblems } from './settings';

describe('an open gain', () => {
  it('is exact, whatever the digits', () => {
    expect(multiplyDecimals('-0.5', '0.000000000000000003')).toBe('-0.0000000000000000015');
    expect(multiplyDecimals('3', '12')).toBe('36');
    expect(openGain('17', '2883.5', '2900')).toBe('280.5');
    expect(openGain('-10', '100', '101.25')).toBe('-12.5');
  });

  it('is none where nothing is held or no price is known', () => {
    expect(openGain('0', null, '5')).toBeNull();
    expect(openGain('0.00', '4', '5')).toBeNull();
    expect(openGain('1', '4', null)).toBeNull();
  });
});

describe('a step of a dry run', () => {
  it('reads as one sentence with what the service found', () => {
    const read = (step: string, detail: string, passed = true) => dryRunStep(step, passed, detail).join(' ');
    expect(read('data', 'has the newest bar that has closed')).toBe('The series has the newest bar that has closed');
    expect(read('evaluator', 'gave a decision')).toBe('The evaluation gave a decision');
    expect(read('data', 'no 1d bars of X are stored', false)).toBe('The series: no 1d bars of X are stored');
  });
});

describe('an entry order that rests', () => {
  const order = {
    ...({ side: 'BUY', type: 'limit', level: '101.2' } as const),
    ...{ bars_left: 2, expires_at: '2024-05-16T20:00:00.000Z' },
  };

  it('is told with its price and until when', () => {
    expect(restingWords(order)).toMatch(/^Waits to buy at 101\.2 \(limit\) until 2024-05-1[67] \d\d:\d\d \S+$/);
    expect(restingWords({ ...order, side: 'SELL', type: 'stop', bars_left: 1200, expires_at: null })).toBe(
      'Waits to sell at 101.2 (stop) for 1200 more bars',
    );
    expect(restingWords(null)).toBeNull();
  });
});

describe('what a run came to', () => {
  it('says what refused it', () => {
    const refused = { outcome: 'refused', reason: 'halted' };
    expect(runOutcome(refused)).toBe('Refused: account halted');
    expect(runReason(refused)).toBe('No order was sent; its decision has every check');
    expect([runOutcome({ outcome: 'held', reason: null }), runReason({ outcome: 'held', reason: null })]).toEqual([
      'Held',
      '–',
    ]);
    expect(runReason({ outcome: 'waiting_for_bars', reason: 'its bar is not stored yet' })).toBe(
      'its bar is not stored yet',
    );
  });
});

describe('how many decisions are shown', () => {
  it('says of how many, where there are more', () => {
    expect(countWords(5, 251)).toBe('The newest 5 of 251');
    expect(countWords(5, 5)).toBe('5 in all');
    expect(countWords(100, undefined)).toBe('The newest 100');
  });
});

describe('what can be done with a deployment', () => {
  const state = { status: 'active', enabled: true, position: { qty: '0' } };

  it('follows its state', () => {
    expect(actionsFor(state)).toEqual({ shown: ['run', 'pause'], more: ['switch-off', 'stop'] });
    expect(actionsFor({ ...state, status: 'paused' }).shown).toEqual(['resume']);
    expect(actionsFor({ ...state, enabled: false }).shown).toEqual(['switch-on']);
    expect(actionsFor({ ...state, status: 'created' })).toEqual({ shown: [], more: ['stop'] });
  });

  it('is not flattened where the service would refuse it, and says why in plain words', () => {
    const over = { ...state, position: { qty: '3' }, replay: { state: 'completed' } };
    const refused = { ...over, flatten_refusal: 'no 1d bar of X after then is stored' };
    expect(actionsFor(refused).shown).toEqual(['flatten']);
    for (const kind of ['flatten', 'stop-flat'] as const) {
      expect(blockedWhy(kind, refused)).toMatch(/^No bar after its last session is stored/);
      expect(blockedWhy(kind, { ...over, flatten_refusal: null })).toBeUndefined();
      expect(asksOf(kind, over)).toMatch(/at the open of the first stored bar after the last session/);
      expect(asksOf(kind, state)).toMatch(/at the market now/);
    }
    expect(blockedWhy('stop', refused)).toBeUndefined();
    expect(asksOf('run', over)).toBeUndefined();
  });

  it('can always be flattened while something is held, also when it is stopped', () => {
    for (const status of ['active', 'paused', 'stopped']) {
      expect(actionsFor({ ...state, status, position: { qty: '-1.5' } }).shown).toContain('flatten');
    }
    expect(actionsFor({ ...state, status: 'stopped' })).toEqual({ shown: [], more: [] });
  });
});

describe('risk checks in words', () => {
  it('tell what was not needed from what has passed', () => {
    const check = { check: 'cash', passed: true, limit: '5', actual: null, code: 'no_order' };
    expect(checkOutcome(check)).toBe('no order to check');
    expect(checkOutcome({ ...check, code: null })).toBe('passed');
    expect(checkOutcome({ ...check, passed: false, code: 'stale_data' })).toBe('the newest bar is missing');
  });

  it('show numbers of a readable length, and nothing as a dash', () => {
    expect(checkValue('-3.4755671234567')).toBe('-3.475567');
    expect(checkValue('954291.16')).toBe('954291.16');
    expect(checkValue(null)).toBe('–');
    expect(checkValue(true)).toBe('yes');
  });
});

describe('settings of a deployment', () => {
  const before = settingsOf({
    sizing: { capital: '10000' },
    schedule: 'daily_close',
    risk_limits: { max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: null },
  });

  it('send what has changed, limits together', () => {
    expect(changesOf(before, before)).toEqual({});
    expect(changesOf(before, { ...before, capital: '5000' })).toEqual({ sizing: { capital: '5000' } });
    expect(changesOf(before, { ...before, stopLoss: '5' })).toEqual({
      risk_limits: { max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: 5 },
    });
  });

  it('are not sent as what they do not say', () => {
    expect(settingsProblems(before, before)).toEqual({});
    expect(settingsProblems(before, { ...before, maxTrades: '', stopLoss: '' })).toEqual({});
    for (const [key, typed] of [
      ...([
        ['maxTrades', 'abc'],
        ['maxTrades', '-3'],
        ['maxTrades', '1.5'],
        ['maxPosition', '1e5'],
      ] as const),
      ...([
        ['stopLoss', 'xyz'],
        ['stopLoss', '0'],
        ['stopLoss', '101'],
        ['capital', ''],
        ['capital', '-1'],
      ] as const),
    ])
      expect([key, typed, Object.keys(settingsProblems(before, { ...before, [key]: typed }))]).toEqual([
        key,
        typed,
        [key],
      ]);
  });

  it('say when it evaluates', () => {
    expect(scheduleWords('manual')).toBe('only when a person asks for it');
    expect(scheduleWords({ cron: '5 16 * * 1-5', tz: 'America/New_York' })).toBe(
      'by cron 5 16 * * 1-5, America/New_York',
    );
  });
});
