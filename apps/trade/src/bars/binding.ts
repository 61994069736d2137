import type { DeploymentEntity } from '../deployments/deployment.entity';

/** What of a deployment says where its prices come from. */
export type Binding = Pick<
  DeploymentEntity,
  'ticker' | 'market' | 'dataSymbol' | 'dataSource' | 'timeframe' | 'adjustment'
>;
