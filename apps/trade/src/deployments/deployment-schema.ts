import { deploymentDocument, MARKETS } from '@assay/contracts';
import { BROKERS } from '../records/accounts/brokers';

/** The Deployment JSON of this service: with its brokers and its markets. */
export const deploymentSchema = deploymentDocument({ brokers: BROKERS, markets: MARKETS });
