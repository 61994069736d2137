import { extraOf, type BarColumns, type UniversePanel } from '@assay/domain';
import { invalidField } from '@assay/primitives';
import { checkPortfolioCosts, type Costs, type PortfolioInput } from '@assay/quant';
import { refusingInWireNames } from '../errors';

/** Columns that only some costs ask for, on the bars of the panel: the volume of impact, the rates of funding. */
export function chargedColumns(
  panel: UniversePanel,
  { impact, fundingColumn }: Costs,
): { volume?: Float64Array; funding?: PortfolioInput['funding'] } {
  return {
    ...(impact === undefined ? {} : { volume: onPanel(panel, ({ volume }) => volume) }),
    ...(fundingColumn === undefined ? {} : { funding: fundingOf(panel, fundingColumn) }),
  };
}

/** @throws DomainError `validation_failed` naming the symbol whose bars have no such column, or no rate in it */
function fundingOf(panel: UniversePanel, name: string): Float64Array {
  return onPanel(panel, (series) => {
    const rates = extraOf(series, name);
    if (rates?.some(Number.isFinite)) return rates;
    const [rule, had] = rates ? ['has_rates', 'rate'] : ['known_column', 'such column'];
    const message = `costs.funding_column must have rates of every symbol, the bars of ${series.symbol} have no ${had}: ${name}`;
    throw invalidField('costs.funding_column', rule, name, message);
  });
}

/** NaN where a symbol has no bar. */
function onPanel({ series, bars, close }: UniversePanel, of: (series: BarColumns) => Float64Array): Float64Array {
  const n = close.length / series.length;
  const cells = new Float64Array(close.length).fill(NaN);
  series.forEach((one, i) => {
    if (one === null) return;
    const column = of(one);
    bars[i]!.forEach((bar, k) => (cells[i * n + bar] = column[k]!));
  });
  return cells;
}

/** @throws DomainError `validation_failed` naming the cost that a portfolio in this mode cannot be charged, or that needs a capital */
export const assertUniverseCosts = (of: Parameters<typeof checkPortfolioCosts>[0]): void =>
  refusingInWireNames(() => checkPortfolioCosts(of));
