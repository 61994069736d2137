import type { DeploymentEntity } from '../records/deployments/deployment.entity';

/** What of a deployment says where its prices come from. */
export type Binding = Pick<
  DeploymentEntity,
  'ticker' | 'market' | 'dataSymbol' | 'dataSource' | 'timeframe' | 'adjustment'
>;
