import { useMemo } from 'react';
import { EChart } from '../../../charts/e-chart';
import { usePalette } from '../../../charts/palette';
import { rankedBars, rankedBarsHeight, rankedBarsTable } from '../../../charts/ranked-bars';
import { formatNumber } from '../../../format/number';
import type { InputRow } from './model-metrics';

interface Props {
  label: string;
  valueName: string;
  rows: InputRow[];
  note: string;
}

const figure = (value: number): string => formatNumber(value, 3);

/** A bar a name, in the order that is given. */
export function InputBars({ label, valueName, rows, note }: Props) {
  const palette = usePalette();
  const data = useMemo(() => ({ bars: rows, valueName }), [rows, valueName]);
  const option = useMemo(() => rankedBars(data, palette, figure), [data, palette]);
  return (
    <EChart
      label={label}
      option={option}
      table={() => rankedBarsTable(data, figure)}
      height={rankedBarsHeight(rows.length)}
      note={note}
    />
  );
}
