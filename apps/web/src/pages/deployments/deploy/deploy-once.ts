import { answer, trade } from '../../../api/clients';
import type { components } from '../../../api/generated/trade';
import { ApiProblem } from '../../../api/problem';
import type { deploymentBody } from './draft';

type Deployment = components['schemas']['DeploymentDto'];

export interface Deployed {
  deployment: Deployment;
  /** By an earlier request of the same id, whose answer never came: it may have asked for something else. */
  madeBefore: boolean;
}

/** Makes a deployment, or finds the one of its id: only the page that chose the id can have made it. */
export async function deployOnce(body: ReturnType<typeof deploymentBody>): Promise<Deployed> {
  try {
    return { deployment: await answer(trade.POST('/api/v1/deployments', { body })), madeBefore: false };
  } catch (error) {
    if (!(error instanceof ApiProblem && error.code === 'already_exists')) throw error;
    const path = { deploymentId: body.deployment_id };
    const deployment = await answer(trade.GET('/api/v1/deployments/{deploymentId}', { params: { path } }));
    return { deployment, madeBefore: true };
  }
}
