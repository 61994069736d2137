import { walkForwardTemplate } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { readBarsFile, requireColumns } from '../input/bars-file';
import {
  requireTemplateMode,
  templateFill,
  templateGrid,
  templateNeeds,
  templatePeriods,
  type TemplateChoice,
} from '../input/template-flags';
import { costsOf, scoredRangeFlag } from '../input/trading-flags';
import type { Io } from '../output/io';
import { limitCells } from '../sweep/sweep-limits';
import type { AskedSearch, Report, Searched } from './judged';
import { LAYOUT_FIELDS } from './judging-flags';

/** Chooses anew in every fold among the ranges of a template. */
export async function searchOfTemplate(
  args: Args,
  io: Io,
  choice: TemplateChoice,
  { by, layout, drawn }: Omit<AskedSearch, 'params'>,
  report: Report,
): Promise<Searched> {
  requireTemplateMode(args);
  const fill = templateFill(args, choice);
  const file = await readBarsFile(args, io);
  requireColumns(file, templateNeeds(choice, fill));
  const { template } = choice;
  const grid = templateGrid(args, choice);
  limitCells(grid.first.length * grid.second.length);
  const costs = costsOf(args);
  const periodsPerYear = templatePeriods(args, file.bars.timeframe);
  const options = { fill, costs, periodsPerYear, start: args.optional('start'), end: args.optional('end') };
  const outcome = blaming(
    scoredRangeFlag(args) ?? `--template ${template}`,
    () => walkForwardTemplate({ template, grid, bars: file.bars, options, layout, by, drawn }, report),
    { ...LAYOUT_FIELDS, by: '--select', samples: '--samples', bars: `--bars ${file.path}` },
  );
  return {
    ...{ outcome, file, drawn, document: null },
    accounting: { mode: 'all_in', fill, costs, periodsPerYear },
  };
}
