import { profitsOf } from './profits';

const account = (id: string, currency: string) => ({ account_id: id, currency }) as never;
const deployment = (account_id: string, paper: boolean, realised_pnl: string, fees = '0', replay?: object) =>
  ({ account_id, paper, replay: replay ?? null, position: { realised_pnl, fees } }) as never;

describe('realised results', () => {
  it('adds exactly, each currency, and live, paper and replays, apart', () => {
    const accounts = [account('a', 'USD'), account('b', 'HKD')];
    const deployments = [
      deployment('a', true, '0.1', '0.01'),
      deployment('a', true, '0.2', '0.02'),
      deployment('a', false, '-5.5'),
      deployment('b', true, '7'),
      deployment('a', true, '1000', '1', { state: 'completed' }),
    ];
    expect(profitsOf(deployments, accounts)).toEqual([
      { currency: 'USD', kind: 'live', deployments: 1, realised: '-5.5', fees: '0' },
      { currency: 'HKD', kind: 'paper', deployments: 1, realised: '7', fees: '0' },
      { currency: 'USD', kind: 'paper', deployments: 2, realised: '0.3', fees: '0.03' },
      { currency: 'USD', kind: 'replay', deployments: 1, realised: '1000', fees: '1' },
    ]);
  });

  it('leaves out what is of an account that is not known', () => {
    expect(profitsOf([deployment('x', true, '1')], [])).toEqual([]);
  });
});
