import { Page, Section } from '../../shell/page';
import { AlertList } from './alert-list';
import { Fleet } from './fleet';
import { RunningJobs } from './running-jobs';
import { Services } from './services';

export function OverviewPage() {
  return (
    <Page title="Overview">
      <Section title="Needs a look">
        <AlertList />
      </Section>
      <Section title="Deployments">
        <Fleet />
      </Section>
      <Section title="Running jobs">
        <RunningJobs />
      </Section>
      <Section title="Services">
        <Services />
      </Section>
    </Page>
  );
}
