import type { components } from '../../api/generated/trade';
import { sumDecimals } from '../../format/decimal';

type Account = components['schemas']['AccountDto'];
type Deployment = components['schemas']['DeploymentDto'];

const KINDS = ['live', 'paper', 'replay'] as const;
type Kind = (typeof KINDS)[number];

export interface Profit {
  currency: string;
  kind: Kind;
  deployments: number;
  /** Exact sums over the deployments, before and beside the fees. */
  realised: string;
  fees: string;
}

/** Realised results: live, paper, and what replays of past sessions made, each by itself as each currency is. */
export function profitsOf(deployments: readonly Deployment[], accounts: readonly Account[]): Profit[] {
  const currencies = new Map(accounts.map(({ account_id: id, currency }) => [id, currency]));
  const groups = new Map<string, Deployment[]>();
  for (const deployment of deployments) {
    const currency = currencies.get(deployment.account_id);
    if (currency === undefined) continue;
    const kind: Kind = deployment.replay ? 'replay' : deployment.paper ? 'paper' : 'live';
    const key = `${kind} ${currency}`;
    groups.set(key, [...(groups.get(key) ?? []), deployment]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([key, members]) => ({
      currency: key.split(' ')[1]!,
      kind: KINDS.find((kind) => key.startsWith(kind))!,
      deployments: members.length,
      realised: sumDecimals(members.map(({ position }) => position.realised_pnl)),
      fees: sumDecimals(members.map(({ position }) => position.fees)),
    }));
}
