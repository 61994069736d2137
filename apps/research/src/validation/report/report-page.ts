import { figureText, inWords, timeText } from '../../reports/figures';
import { html, type Markup } from '../../reports/markup';
import { pageOf } from '../../reports/page';
import { table } from '../../reports/tables';
import type { GateVerdictDto, PolicyVerdictDto } from '../validation.response';
import { backtestPart } from './backtest-part';
import { cpcvPart } from './cpcv-part';
import { hashesPart, holdoutPart } from './evidence-part';
import { ledgerPart } from './ledger-part';
import type { ValidationReportDto } from './report.response';
import { searchPart } from './search-part';
import { walkForwardPart } from './walk-forward-part';

/** The report as one page of HTML. */
export function reportPage(report: ValidationReportDto): string {
  const { strategy, conclusion, notes, gates_at: judged } = report;
  const title = `Validation of ${strategy.name}, revision ${strategy.revision}`;
  return pageOf(
    title,
    html`<p class="dim">
        ${strategy.universe.join(', ')} ${strategy.timeframe}; ${inWords(strategy.status).toLowerCase()}; gates judged
        ${timeText(judged)}; this report made ${timeText(report.made_at)}.
      </p>
      <p class="conclusion">${conclusion}</p>
      <ul>
        ${notes.map((note) => html`<li>${note}</li>`)}
      </ul>
      ${policiesPart(report)} ${backtestPart(report)} ${walkForwardPart(report)} ${cpcvPart(report)}
      ${searchPart(report)} ${ledgerPart(report)} ${holdoutPart(report)} ${hashesPart(report)}`,
  );
}

const verdict = ({ passed, informational }: GateVerdictDto): Markup =>
  passed === null
    ? html`<span class="dim">${informational ? 'shown' : 'not judged'}</span>`
    : passed
      ? html`<span class="yes">passed ✓</span>`
      : html`<span class="no">refused ✕</span>`;

function policyPart({ title, version, passed, paper_only: paperOnly, words, gates }: PolicyVerdictDto): Markup {
  const rows = gates.map((gate) => [
    html`<strong>${gate.title}</strong><br /><span class="dim">${gate.asks}</span>`,
    verdict(gate),
    figureText(gate.value),
    figureText(gate.threshold),
    gate.words,
  ]);
  const heads: [string, boolean][] = [
    ['Gate', false],
    ['Verdict', false],
    ['Seen', true],
    ['Threshold', true],
    ['In words', false],
  ];
  const says = passed === null ? 'not decided' : passed ? 'passed' : 'refused';
  return html`<h3>${title}, version ${version}: ${says}${paperOnly ? ' (good for paper only)' : ''}</h3>
    <p>${words}</p>
    <div class="prose">${table(heads, rows)}</div>`;
}

const policiesPart = ({ policies }: ValidationReportDto): Markup =>
  html`<h2>Gates</h2>
    ${policies.length === 0 ? html`<p>Not judged.</p>` : policies.map(policyPart)}`;
