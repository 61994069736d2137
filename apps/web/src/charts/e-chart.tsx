import { Box } from '@mantine/core';
import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { ProblemAlert } from '../states/problem-alert';
import { ChartFrame, type ChartTable } from './chart-frame';
import type { ECanvas } from './e-canvas';
import { useCanvas } from './use-canvas';

interface Props {
  label: string;
  /** Made by `heatmap`, `fan` or `histogram`. */
  option: EChartsCoreOption;
  table: () => ChartTable;
  note?: ReactNode;
  height?: number;
  /** The datum that was clicked, by its place among those of the option. The keyboard needs another way to the same. */
  onSelect?: (dataIndex: number) => void;
}

/** A picture that is no course over time: heatmap, fan, histogram. */
export function EChart({ label, option, table, note, height = 320, onSelect }: Props) {
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });
  const { element, canvas, error } = useCanvas<ECanvas>(async (target) => {
    const { createECanvas } = await import('./e-canvas');
    return () => createECanvas(target, (index) => select.current?.(index));
  }, 'one');
  useEffect(() => canvas?.setOption(option), [canvas, option]);
  if (error) return <ProblemAlert problem={error} title="The chart could not be loaded" />;
  return (
    <ChartFrame label={label} table={table} note={note}>
      <Box
        ref={element}
        h={height}
        className="chart-canvas"
        role="img"
        aria-label={`${label}. The numbers follow as a table.`}
      />
    </ChartFrame>
  );
}
