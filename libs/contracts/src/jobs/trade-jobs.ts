export interface RunDeploymentPayload {
  deployment_id: string;
  /** `bar`: a scheduled close; `manual`: asked for; `send`: intents may be due. */
  trigger: 'bar' | 'manual' | 'send';
}

export interface RanDeployment {
  deployment_id: string;
  /** What came of the evaluation; `sent_due` where there was none. */
  outcome: string;
  bar_close_time: string | null;
  /** Order intents of this evaluation. */
  intents: number;
  /** Orders sent, of this evaluation or left over from before. */
  sent: number;
}

export interface ReplayDeploymentPayload {
  deployment_id: string;
}

export interface ReplayedDeployment {
  deployment_id: string;
  state: string;
  sessions_done?: number;
}

export interface ReconcilePayload {
  cause?: string;
  /** Of a scheduled tick, ISO-8601. */
  due_at?: string;
}

export interface Reconciled {
  deployments: number;
  drifted: number;
}

export interface TradeJobs {
  'deployment.run': { payload: RunDeploymentPayload; result: RanDeployment };
  'deployment.replay': { payload: ReplayDeploymentPayload; result: ReplayedDeployment };
  reconcile: { payload: ReconcilePayload; result: Reconciled };
}
