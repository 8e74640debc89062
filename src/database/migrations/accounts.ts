/** Which account a private chat and an upload link belong to: a chat's id need not be the account's. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { optional, short } from '../columns';
import { addColumn } from './add-column';
import { addIndex } from './add-index';
import type { MigrationClass } from './create-table';

/** Until the next message of a chat tells its account, the chat's id stands for it, as it does on most channels. */
class FillConversationAccount implements MigrationInterface {
  name = 'FillConversationAccount1763880000004';

  async up(runner: QueryRunner): Promise<void> {
    const unfilled = "chatKind = 'private' AND userId IS NULL AND LENGTH(chatId) <= 128";
    await runner.query(`UPDATE conversation SET directory = channel, userId = chatId WHERE ${unfilled}`);
  }

  async down(): Promise<void> {}
}

class FillLinkAccount implements MigrationInterface {
  name = 'FillLinkAccount1763880000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("UPDATE upload_link SET userId = chatId WHERE userId = '' AND LENGTH(chatId) <= 128");
  }

  async down(): Promise<void> {}
}

export const accounts: readonly MigrationClass[] = [
  addColumn('AddConversationDirectory1763880000001', 'conversation', () => short('directory', 32, optional)),
  addColumn('AddConversationAccount1763880000002', 'conversation', () => short('userId', 128, optional)),
  addIndex('IndexConversationAccount1763880000003', 'conversation', ['userId']),
  FillConversationAccount,
  addColumn('AddLinkAccount1763880000005', 'upload_link', () => short('userId', 128, { default: "''" })),
  FillLinkAccount,
];
