import type { Feature } from '../../definitions/features-query';
import { featureIdsFor, partsWith } from './strategy-parts';

const feature = (id: string, name: string, params = {}) => ({ id, name, params }) as unknown as Feature;
const all = [feature('1', 'rsi'), feature('2', 'gap', { expression: 'rsi - 50' }), feature('3', 'rsi')];

describe('rules put into a strategy', () => {
  it('bring their features, those that are read first, and leave its own', () => {
    expect(featureIdsFor(['gap', 'close'], all)).toEqual(['3', '2']);
    expect(featureIdsFor(['gap'], all, ['9', '2'])).toEqual(['9', '2', '3']);
  });

  it('take a name from the strategy before another feature of the same name', () =>
    expect(featureIdsFor(['rsi'], all, ['1'])).toEqual(['1']));

  it('bring the built-in model where there is none and none is asked', () => {
    const none = { feature_ids: [], model_id: null };
    expect(partsWith('s', ['close'], all, none)).toEqual({
      signal_logic_id: 's',
      feature_ids: [],
      model_id: '01890000-0000-7000-8000-000000000001',
    });
    expect(partsWith('s', ['prediction'], all, none)).not.toHaveProperty('model_id');
    expect(partsWith('s', ['close'], all, { feature_ids: [], model_id: 'm' })).not.toHaveProperty('model_id');
  });
});
