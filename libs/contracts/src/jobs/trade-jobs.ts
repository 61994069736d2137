import { open } from '../schema/objects';
import { instant, integer, uuid } from '../schema/texts';
import type { Stated, Zod } from '../schema/wire-document';

const runDeploymentPayload = (z: Zod) =>
  z.strictObject({
    deployment_id: uuid(z),
    /** `bar`: a scheduled close; `manual`: asked for; `send`: intents may be due. */
    trigger: z.enum(['bar', 'manual', 'send']),
  });
export type RunDeploymentPayload = Stated<typeof runDeploymentPayload>;

const ranDeployment = (z: Zod) =>
  open(z, {
    deployment_id: uuid(z),
    /** What came of the evaluation; `sent_due` where there was none. */
    outcome: z.string(),
    bar_close_time: instant(z).nullable(),
    /** Order intents of this evaluation. */
    intents: integer(z),
    /** Orders sent, of this evaluation or left over from before. */
    sent: integer(z),
  });
export type RanDeployment = Stated<typeof ranDeployment>;

const replayDeploymentPayload = (z: Zod) => z.strictObject({ deployment_id: uuid(z) });
export type ReplayDeploymentPayload = Stated<typeof replayDeploymentPayload>;

const replayedDeployment = (z: Zod) =>
  open(z, { deployment_id: uuid(z), state: z.string(), sessions_done: integer(z).optional() });
export type ReplayedDeployment = Stated<typeof replayedDeployment>;

const reconcilePayload = (z: Zod) =>
  z.strictObject({
    cause: z.string().optional(),
    /** Of a scheduled tick. */
    due_at: instant(z).optional(),
  });
export type ReconcilePayload = Stated<typeof reconcilePayload>;

const reconciled = (z: Zod) => open(z, { deployments: integer(z), drifted: integer(z) });
export type Reconciled = Stated<typeof reconciled>;

export const TRADE_JOBS = {
  'deployment.run': { payload: runDeploymentPayload, result: ranDeployment },
  'deployment.replay': { payload: replayDeploymentPayload, result: replayedDeployment },
  reconcile: { payload: reconcilePayload, result: reconciled },
} as const;
