import type { RiskCheckRecord } from '@assay/contracts';

/** What the log says about a check that failed, in the form of every message. */
export function failureMessage(checks: readonly RiskCheckRecord[], code: string): string {
  const failed = checks.find((check) => !check.passed && check.code === code) ?? checks.find((check) => !check.passed);
  if (!failed) return code;
  return `${failed.check} failed with ${failed.code ?? 'no code'}: was ${String(failed.actual)}, limit ${String(failed.limit)}`;
}
