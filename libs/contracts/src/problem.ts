import type { FieldProblem, ProblemCode } from '@assay/primitives';

/** RFC 9457 body of every error answer. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  instance?: string;
  correlation_id?: string;
  errors?: FieldProblem[];
  [fact: string]: unknown;
}
