import { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use as register, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

register([
  BarChart,
  HeatmapChart,
  LineChart,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

export type ECanvas = ReturnType<typeof createECanvas>;

/** ECharts with the parts that our pictures need; its size follows the element's. */
export function createECanvas(element: HTMLElement, onSelect: (dataIndex: number) => void) {
  const chart = init(element);
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(element);
  chart.on('click', ({ dataIndex }) => onSelect(dataIndex));
  return {
    setOption: (option: EChartsCoreOption): void =>
      chart.setOption({ animation: false, ...option }, { notMerge: true }),
    remove(): void {
      observer.disconnect();
      chart.dispose();
    },
  };
}
