import { deploymentDocument } from '@assay/contracts';
import { BROKERS } from '../records/accounts/brokers';
import { MARKETS } from '../reference-data/market';

/** The Deployment JSON of this service: with its brokers and its markets. */
export const deploymentSchema = deploymentDocument({ brokers: BROKERS, markets: Object.keys(MARKETS) });
