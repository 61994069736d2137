import type { Api } from './api';
import type { PhaseRunner, Verdict } from './phases';
import type { CaseRun } from './research-case';

/** What the demo needs of a running stack: where the services are, a key, and a way to restart the trade worker. */
export interface RunningStack {
  urls: { research: string; trade: string; portfolio: string };
  adminKey: string;
  processes: {
    tradeWorker: {
      pid: number | undefined;
      kill(signal: NodeJS.Signals): Promise<void> | void;
      start(): Promise<void> | void;
    };
  };
}

/** What of a universe is compared as 64-bit patterns. */
export interface UniverseProof {
  bars: number;
  values: number;
  mismatches: number;
}

export interface Demo {
  research: Api;
  trade: Api;
  portfolio: Api;
  stack: RunningStack;
  runner: PhaseRunner;
  /** The fitted trees and the network take the longest: a short demo leaves them and the rotation out. */
  cases: Record<'sp500' | 'planted' | 'overfit', CaseRun> & Partial<Record<'boosted' | 'lstm', CaseRun>>;
  isShort: boolean;
  verdicts: Verdict[];
  universe?: UniverseProof;
  /** Session dates of each symbol, oldest first. */
  sessions: Record<string, string[]>;
  newId: () => string;
}
