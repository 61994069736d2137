import { serveTasks } from '@assay/compute';
import { countMarkets } from './count-markets';
import type { Group, StudySettings } from './study';

interface Part {
  group: Group;
  settings: StudySettings;
  range: [number, number];
}

serveTasks({ count: ({ group, settings, range }: Part) => countMarkets(group, settings, range) });
