import { plain } from '../../support/bot';
import { buttonLine, describeColumn, type Stage } from './show';

describeColumn(
  'the playground',
  async (): Promise<Stage> => ({
    show: async ({ content }) => ({
      网页: [[plain(content), ...buttonLine(content.choices.map(({ label }) => label))].join('\n')],
    }),
    end: async () => undefined,
  }),
);
