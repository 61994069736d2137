import type { SeededStrategy } from '../research-harness';

/** A request that must be refused, and how. */
export interface WrongRequest {
  /** What is wrong. */
  name: string;
  request: [method: string, path: string, body?: unknown, headers?: Record<string, string>];
  status: number;
  code: string;
  /** Field, rule and value of a problem that must be among those answered. */
  problem?: [field: string, rule: string, value?: unknown];
}

/** Rows that the requests name. */
export interface Existing {
  own: SeededStrategy;
  archived: SeededStrategy;
  /** A completed backtest of `own`, and one that has not run. */
  done: Record<string, any>;
  pending: Record<string, any>;
  modelId: string;
}

export const UNKNOWN = '01890000-0000-7000-8000-00000000ffff';
