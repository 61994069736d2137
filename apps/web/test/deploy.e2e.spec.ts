import { realSample } from '@assay/simulators';
import type { Page } from 'playwright-core';
import { ready } from '../../../scripts/screenshots/pages';
import {
  describeInChromiumOnStacks,
  faultsOf,
  signedInPage,
  startChromiumStack,
  stepsOn,
  type ChromiumStack,
} from './chromium-stack';

jest.setTimeout(600_000);

const TRADE_PASSWORD = 'a long trade password';

describeInChromiumOnStacks('from a file of bars to a paper deployment that trades, by clicks alone', (servers) => {
  let stack: ChromiumStack;
  let page: Page;
  const complaints: string[] = [];
  const step = stepsOn(() => page);

  const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first();
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const dialog = () => page.getByRole('dialog');
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
  const row = (table: string, nth: number) => page.getByRole('table', { name: table }).getByRole('row').nth(nth);
  const menu = async (item: string | RegExp) => {
    await button('More').click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  beforeAll(async () => {
    stack = await startChromiumStack(servers);
    page = await signedInPage(stack, complaints, 120_000);
  });

  afterAll(() => stack?.stop());

  step('shows what the services stand on', async () => {
    for (const backend of [
      'Database (postgres)',
      `Jobs (${servers?.redisUrl ? 'redis' : 'postgres'})`,
      `Events (${servers?.natsUrl ? 'nats' : 'postgres'})`,
    ])
      await page.getByText(backend).first().waitFor();
  });

  step('takes a file that is dropped on the page', async () => {
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('link', { name: 'Import a file' }).first().click();
    const files = await page.evaluateHandle((text: string) => {
      const { DataTransfer, File } = globalThis as any;
      const carried = new DataTransfer();
      carried.items.add(new File([text], 'sp500.csv', { type: 'text/csv' }));
      return carried;
    }, realSample('sp500').content);
    await page.locator('.drop-zone').dispatchEvent('drop', { dataTransfer: files });
    await heading('What sp500.csv holds').waitFor();
    await page.getByLabel('Symbol').fill('SPX');
    await page.getByRole('combobox', { name: 'Market' }).click();
    await page.getByRole('option', { name: /United States/ }).click();
    await button('Import').click();
    await page.getByText('SPX: 5,105 bars').waitFor();
  });

  step('has the warnings of the bars acknowledged by name and reason', async () => {
    await page.getByRole('link', { name: 'Look at the bars' }).click();
    await button('Acknowledge').click();
    await dialog().getByLabel('Why it does not matter').fill('An index: it has no bid and no ask.');
    await dialog().getByRole('button', { name: 'Acknowledge' }).click();
    await dialog().waitFor({ state: 'detached' });
  });

  step('makes a strategy from a template, and says honestly what it is good for', async () => {
    await page.getByRole('link', { name: 'Strategies', exact: true }).click();
    await page.getByRole('link', { name: 'New strategy' }).first().click();
    await page.getByRole('radio', { name: /SPX/ }).click();
    await button('Next').click();
    await page.getByRole('radio', { name: /Follow the trend/ }).click();
    await button('Next').click();
    await page.getByLabel('Name').fill('Above its average');
    await button('Make it and test it').click();
    await page.getByText('Good enough for paper, not for money').waitFor();
    await page.getByText(/It made .* after costs; buying and holding made/).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  step('is changed in place: other numbers are its next version, the same ones another run', async () => {
    const tryOut = async (window: string, action: string, version: number) => {
      await button('Change the numbers').click();
      await page.getByLabel('Average over (bars)').fill(window);
      await button(action).click();
      await page.getByText(`Above its average, version ${version}`).waitFor();
      await page.getByText('Good enough for paper, not for money').waitFor();
    };
    await tryOut('190', 'Test the next version', 2);
    expect(await faultsOf(page)).toEqual([]);
    await tryOut('200', 'Test the next version', 3);
    const { items } = await stack.api('GET', '/api/strategies?q=above');
    expect(items.map(({ name, revision }: { name: string; revision: number }) => [name, revision])).toEqual([
      ['Above its average', 3],
    ]);
    const { items: backtests } = await stack.api('GET', `/api/backtests?strategy_id=${items[0].id}&order=newest`);
    expect(backtests.map(({ revision }: { revision: number }) => revision)).toEqual([3, 2, 1]);
    await button('Change the numbers').click();
    await page.getByText('These numbers were tested.').waitFor();
    await button('Test it again').click();
    await page.getByText('Good enough for paper, not for money').waitFor();
    const again = await stack.api('GET', `/api/backtests?strategy_id=${items[0].id}&order=newest`);
    expect(again.items.map(({ revision }: { revision: number }) => revision)).toEqual([3, 3, 2, 1]);
  });

  step('is promoted under the policy that it passes, and under no other', async () => {
    await button('Promote').click();
    await dialog().getByText('Good for paper only', { exact: true }).waitFor();
    expect(
      await dialog()
        .getByRole('radio', { name: /Default/ })
        .isDisabled(),
    ).toBe(true);
    await dialog().getByRole('button', { name: 'Promote' }).click();
    await dialog().waitFor({ state: 'detached' });
  });

  step('is refused live trading in the words of the service', async () => {
    await page.getByRole('link', { name: 'Deploy on paper' }).click();
    await page.getByRole('table', { name: 'Backtest of this version' }).waitFor();
    await page.getByText('Promoted as exploratory: for paper only').waitFor();
    expect(await page.getByRole('combobox', { name: 'Symbol at the broker' }).inputValue()).toBe('SPX');
    await page.getByRole('radiogroup', { name: 'On paper or live' }).getByText('Live, with money').click();
    await button('Dry run').click();
    await page.getByText(/evidence under exploratory is good for paper only/).waitFor();
    await page.getByRole('radiogroup', { name: 'On paper or live' }).getByText('On paper').click();
  });

  step('is deployed on paper over past sessions, trades them, and shows orders and fills', async () => {
    await page.getByLabel('Largest position (USD)').fill('250000');
    await page.getByRole('switch', { name: /Replay past sessions/ }).click();
    await page.getByLabel('First day').fill('2018-10-01');
    await page.getByLabel('Last day').fill('2019-04-30');
    await button('Start the replay').click();
    await page.getByText(/replay of past sessions on paper: 145 of 145 sessions/i).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    for (const [name, table] of [
      ['Orders', 'Orders'],
      ['Fills', 'Fills'],
    ] as const) {
      await tab(name);
      // bought, sold and bought again
      await row(table, 3).waitFor();
    }
    await tab('Signals');
    await row('Signals', 1).waitFor();
    await tab('Decisions');
    await page.getByRole('list', { name: 'Decisions' }).getByRole('button').first().click();
    await page.getByRole('table', { name: 'Risk checks' }).getByText('Position within its limit').waitFor();
    await tab('Trades and backtest');
    await page.getByText('It computes what the backtest computed').waitFor();
    await page.locator('.chart-canvas canvas').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  step('is flattened at the next price that the bars have', async () => {
    await tab('Overview');
    await button('Flatten').click();
    await dialog().getByRole('button', { name: 'Flatten' }).click();
    await page.getByText('nothing held').first().waitFor();
    await tab('Orders');
    expect(
      await page
        .getByRole('table', { name: 'Orders' })
        .getByText(/accepted/i)
        .count(),
    ).toBe(0);
  });

  step('is deployed for the days to come after a dry run; paused, resumed, switched off and on', async () => {
    await page.getByRole('link', { name: 'Deployments', exact: true }).click();
    await page.getByRole('link', { name: 'Deploy a strategy' }).first().click();
    await page.getByRole('combobox', { name: 'Strategy' }).click();
    await page.getByRole('option', { name: /Above its average/ }).click();
    await button('Dry run').click();
    // the sample ends in 2020, and it says so
    await page.getByText('Not everything passed').waitFor();
    await button('Start anyway').click();
    await button('Run now').waitFor();
    await button('Pause').click();
    await button('Resume').click();
    await dialog().getByRole('button', { name: 'Resume' }).click();
    await button('Pause').waitFor();
    await menu(/Switch off/);
    await dialog()
      .getByRole('button', { name: /Switch off/ })
      .click();
    await page.getByText('No order is sent for it until it is switched on.').waitFor();
    await button('Switch on').click();
    await dialog().getByRole('button', { name: 'Switch on' }).click();
    await button('Run now').click();
    await tab('Decisions');
    await page.getByText(/the newest bar is missing/).waitFor();
  });

  step(
    'halts all trading from the overview, with a reason and a word typed, says so on every page, and goes on from the settings or the header',
    async () => {
      await page.getByRole('link', { name: 'Assay, overview' }).click();
      await button('Halt trading').click();
      const halt = dialog().getByRole('button', { name: 'Halt', exact: true });
      await dialog().getByText('State the reason first.').waitFor();
      // what is typed at once is the reason
      await dialog().getByLabel('Reason').and(page.locator(':focus')).waitFor();
      await page.keyboard.type('a drill');
      await dialog().getByText('Type HALT first.').waitFor();
      expect(await halt.isDisabled()).toBe(true);
      await dialog().getByLabel('Type HALT to go on').fill('HALT');
      await halt.click();
      await page.getByText('1 account halted').waitFor();
      await page
        .getByText(/a drill/)
        .first()
        .waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      await button('Change trading of PAPER paper').click();
      await dialog()
        .getByRole('radio', { name: /Active/ })
        .check();
      await dialog().getByLabel('Reason').fill('the drill is over');
      await dialog().getByRole('button', { name: 'Change' }).click();
      await dialog().waitFor({ state: 'detached' });
      await page.getByRole('table', { name: 'Accounts' }).getByText('Active').first().waitFor();

      await button('Halt trading').click();
      await dialog().getByLabel('Reason').fill('another drill');
      await dialog().getByLabel('Type HALT to go on').fill('HALT');
      await halt.click();
      await page.getByRole('link', { name: 'Strategies', exact: true }).click();
      await button('Halted: trade again').click();
      await dialog().getByText('Halted, no orders: another drill').waitFor();
      const lift = dialog().getByRole('button', { name: 'Lift the halt' });
      expect(await lift.isDisabled()).toBe(true);
      await page.keyboard.type('over as well');
      await lift.click();
      await dialog().waitFor({ state: 'detached' });
      await button('Halt trading').waitFor();
      const { items } = await stack.api('GET', '/api/v1/accounts');
      const own = items.filter(({ purpose }: any) => purpose === 'trading');
      expect(own.map(({ trading_state: state, trading_state_reason: why }: any) => [state, why])).toEqual([
        ['ACTIVE', 'over as well'],
      ]);
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
    },
  );

  step('asks for live trading in two steps, and shows the last refusal', async () => {
    await tab('Trade password');
    await page.getByRole('textbox', { name: 'New trade password', exact: true }).fill(TRADE_PASSWORD);
    await page.getByRole('textbox', { name: 'New trade password again' }).fill(TRADE_PASSWORD);
    await button('Set').click();
    await page.getByText(/confirmed with the new trade password/).waitFor();
    // no venue is set up here, so none could be deployed live by clicks: one that waits for its confirmation is put there
    await stack.sql(
      `UPDATE trade.deployment SET paper = false, broker = 'BYBIT', status = 'created' WHERE status = 'active' AND enabled
         AND NOT EXISTS (SELECT 1 FROM trade.replay r WHERE r.deployment_id = deployment.deployment_id)`,
    );
    await page.getByRole('link', { name: 'Deployments', exact: true }).click();
    await page.getByRole('row', { name: /LIVE/ }).getByRole('link').first().click();
    await button(/Confirm live trading/).click();
    await dialog().getByText('Step 1 of 2').waitFor();
    await dialog().getByRole('table', { name: 'Summary' }).getByText('LIVE: real orders, real money').waitFor();
    expect(await dialog().getByRole('button', { name: 'Go on' }).isDisabled()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await dialog()
      .getByLabel(/I have read it/)
      .check();
    await dialog().getByRole('button', { name: 'Go on' }).click();
    await dialog().getByText('Step 2 of 2').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await dialog().getByRole('textbox', { name: 'Trade password' }).fill(TRADE_PASSWORD);
    await dialog().getByRole('button', { name: 'Start live trading' }).click();
    await dialog()
      .getByText(/there is no live adapter for broker BYBIT/)
      .waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  step('raises a limit of live trading in two steps, and goes on as it was until the last', async () => {
    // as if it had been confirmed: it waits for nothing, and would trade once it is resumed
    await stack.sql(`UPDATE trade.deployment SET status = 'paused' WHERE status = 'created' AND NOT paper`);
    await page.reload();
    await tab('Settings');
    const position = page.getByLabel('Largest position (USD)');
    await position.fill('25000');
    await page.getByLabel('Entries a day').fill('4');
    await button('Save').click();
    const changes = dialog().getByRole('table', { name: 'What changes' });
    await changes.waitFor();
    await dialog().getByText('Step 1 of 2').waitFor();
    // once the page behind it shows what is in force again: what is agreed to stays written
    await page.waitForFunction(() => {
      const { document } = globalThis as any;
      return [...document.querySelectorAll('input')].some(({ value }: any) => value === '10000');
    });
    expect((await changes.getByRole('row').allInnerTexts()).map((text) => text.split(/\s*\t\s*/))).toEqual([
      ['Setting', 'Now', 'Then'],
      ['Largest position', '10,000.00 USD', '▲ 25,000.00 USD, allows more'],
      ['Entries a day', '10', '4'],
    ]);
    expect(await dialog().getByRole('button', { name: 'Go on' }).isDisabled()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await dialog()
      .getByLabel(/I have read it/)
      .check();
    await dialog().getByRole('button', { name: 'Go on' }).click();
    await dialog().getByText('Step 2 of 2').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await dialog().getByRole('textbox', { name: 'Trade password' }).fill(TRADE_PASSWORD);
    await dialog().getByRole('button', { name: 'Put it into force' }).click();
    await dialog()
      .getByText(/there is no live adapter for broker BYBIT/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.reload();
    await position.waitFor();
    expect(await position.inputValue()).toBe('10000');
    // what goes on trading again is asked for in the same way
    await button('Resume').click();
    await dialog().getByRole('button', { name: 'Resume' }).click();
    await dialog().getByRole('table', { name: 'What changes' }).getByText('▲ runs, allows more').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await button('Resume').waitFor();
  });

  step('is stopped for good', async () => {
    await menu('Stop for good');
    const stop = dialog().getByRole('button', { name: 'Stop for good' });
    expect(await stop.isDisabled()).toBe(true);
    await dialog().getByLabel('Type SPX to go on').fill('SPX');
    await stop.click();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    expect(await button('More').count()).toBe(0);
    await ready(page);
  });

  step('breaks no rule of the page and throws nothing', async () => expect(complaints).toEqual([]));
});
