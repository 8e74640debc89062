/** `npm run doctor`: says in Chinese what of the installation works, what does not, and where to mend it. Exits with 1 if anything must be. */
import { existsSync } from 'node:fs';
import { createDataSource } from '../ormconfig';
import { bad } from '../src/channels/checkup/finding';
import { systemClock } from '../src/clock';
import { readConfig } from '../src/config';
import { diagnose } from '../src/doctor/diagnose';
import { describeSection } from '../src/doctor/section';

async function main(): Promise<boolean> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const result = readConfig(process.env);
  const print = (text: string): void => console.log(text);
  if (!result.ok) {
    const findings = result.mistakes.map((mistake) => bad(mistake, '在 .env 中改正，各项说明见 .env.example'));
    print(describeSection({ title: '设置', findings }));
    return false;
  }
  const { config } = result;
  const dataSource = createDataSource(config.databaseUrl);
  return diagnose({ config, dataSource, clock: systemClock, limitMs: 10_000, print });
}

main().then(
  (isHealthy) => {
    process.exitCode = isHealthy ? 0 : 1;
  },
  (error: unknown) => {
    // The stack alone: a failed query carries its parameters, and those are people's data.
    console.error(error instanceof Error ? error.stack : error);
    process.exitCode = 1;
  },
);
