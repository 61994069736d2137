import { FIRST_LABEL, labelKindsOf, labelOf, labelWithin, labelWords, type LabelDraft } from './label';

const BARRIERS: LabelDraft = { ...FIRST_LABEL, kind: 'triple_barrier', horizon: '10' };

describe('what a model learns', () => {
  it('is sent as the API has it, without a barrier that is left empty', () => {
    expect(labelOf({ ...FIRST_LABEL, horizon: '5' }).label).toEqual({ kind: 'forward_return_sign', horizon: 5 });
    expect(labelOf({ ...BARRIERS, stop: '' }).label).toEqual({
      kind: 'triple_barrier',
      horizon: 10,
      width: { kind: 'volatility', window: 20 },
      profit: 2,
      stop: null,
      side: null,
      events: { kind: 'every_bar' },
    });
    const meta = { width: 'input', widthInput: 'atr', side: 'rule', events: 'cusum', cusum: '1.5' } as const;
    expect(labelOf({ ...BARRIERS, ...meta }).label).toMatchObject({
      width: { kind: 'input', name: 'atr' },
      side: 'rule',
      events: { kind: 'cusum', widths: 1.5 },
    });
    expect(labelOf({ ...BARRIERS, width: 'fixed', fraction: '0.03', window: 'x' }).label).toMatchObject({
      width: { kind: 'fixed', fraction: 0.03 },
    });
  });

  it.each<[Partial<LabelDraft>, string, string]>([
    [{ kind: 'forward_return', horizon: '0' }, 'horizon', 'Bars ahead must be at least 1, was 0'],
    [{ horizon: '' }, 'horizon', 'Bars ahead is required'],
    [{ profit: '', stop: ' ' }, 'profit', 'a profit or a stop must be given'],
    [{ profit: '-1' }, 'profit', 'Profit in widths must be above 0, was -1'],
    [{ window: '1' }, 'window', 'Bars of the deviation must be at least 2, was 1'],
    [{ width: 'fixed', fraction: '11' }, 'fraction', 'Fraction of the price must be at most 10, was 11'],
    [{ width: 'input' }, 'widthInput', 'Input that is the width is required'],
    [{ events: 'cusum', cusum: '0' }, 'cusum', 'Widths that make an event must be above 0, was 0'],
  ])('is not sent while a field is wrong, which says so: %j', (change, field, message) =>
    expect(labelOf({ ...BARRIERS, ...change })).toEqual({ errors: { [field]: message } }),
  );

  it('is of a kind that the model can learn', () => {
    expect(labelKindsOf(['classification']).map(({ value }) => value)).toEqual([
      'forward_return_sign',
      'triple_barrier',
    ]);
    const among = (kind: LabelDraft['kind'], ...tasks: ('classification' | 'regression')[]) =>
      labelWithin({ ...FIRST_LABEL, kind }, tasks, []).kind;
    expect(among('triple_barrier', 'classification')).toBe('triple_barrier');
    expect(among('triple_barrier', 'regression')).toBe('forward_return');
    expect(among('forward_return', 'classification')).toBe('forward_return_sign');
    expect(among('forward_return', 'classification', 'regression')).toBe('forward_return');
  });

  it('names no input that was taken away', () => {
    const draft: LabelDraft = { ...BARRIERS, width: 'input', widthInput: 'atr', side: 'rule' };
    const sent = (...inputs: string[]) => labelOf(labelWithin(draft, ['classification'], inputs));
    expect(sent('atr', 'rule').label).toMatchObject({ width: { kind: 'input', name: 'atr' }, side: 'rule' });
    expect(sent('atr').label).toMatchObject({ width: { kind: 'input', name: 'atr' }, side: null });
    expect(sent('rule')).toEqual({ errors: { widthInput: 'Input that is the width is required' } });
  });

  it('is said in words', () => {
    expect(labelWords(labelOf(FIRST_LABEL).label)).toBe('Whether the close is higher after 1 bar');
    expect(labelWords({ kind: 'forward_return', horizon: 5 })).toBe('The return after 5 bars');
    expect(labelWords(labelOf({ ...BARRIERS, stop: '', side: 'rule' }).label)).toBe(
      'Which is touched first within 10 bars: a profit of 2 deviations over 20 bars, on the side of rule',
    );
    expect(labelWords(null)).toBeNull();
  });
});
