import type { DeploymentDocument, StrategyDocument, Warning } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { Compute } from '../runs/compute';

/** Limits that the caller states, of a revision whose stored backtests were made without any: a stored result states none. */
export function limitWarnings(
  submitted: Pick<DeploymentDocument, 'risk_limits'>,
  revision: number,
  storedResults: number,
): Warning[] {
  const limits = Object.keys(submitted.risk_limits ?? {});
  if (limits.length === 0) return [];
  const results = `${storedResults} stored backtest result${storedResults === 1 ? '' : 's'} of revision ${revision}`;
  return [
    {
      code: 'limits_not_backtested',
      field: 'risk_limits',
      message: `no backtest is known to have run under ${limits.join(', ')}: none of the ${results} states risk limits`,
      limits,
      revision,
      stored_results: storedResults,
    },
  ];
}

/** Thresholds of a substrategies document that no stored bar reaches; a promoted document was told so in research. */
export async function silentThresholds(
  compute: Compute,
  document: StrategyDocument,
  bars: BarColumns,
): Promise<Warning[]> {
  if (document.kind === 'pipeline' || bars.close.length === 0) return [];
  return compute.neverFires({ document, artifact: null, bars });
}
