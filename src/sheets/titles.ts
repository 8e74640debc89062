/** Titles of columns as people write them → fields: 企业数量, 企业数, 企业（家） are all one. */
import type { FieldDefinition, TableDefinition } from '../table/definition';
import { leavesOf } from './head';

const marks = /[\s*＊、,，。.:：;；"'“”‘’()（）[\]【】/_-]/g;
const bracketed = /[(（[【][^)）\]】]*[)）\]】]/g;
const counting = /(数量|总数|数|名称)$/;

const serialTitles: ReadonlySet<string> = new Set(['序号', '编号', '序', '号', 'No', 'NO', 'no']);
const unitTitle = /^(县区|县市区|区县|单位|填报单位|单位名称|报送单位|县区名称)$/;

const plain = (title: string): string => title.normalize('NFKC').replace(marks, '');

/** The spellings of a title, the full one first. */
function spellingsOf(title: string): readonly string[] {
  const bare = plain(title.normalize('NFKC').replace(bracketed, ''));
  return [plain(title), bare, bare.replace(counting, '')].filter((spelling) => spelling !== '');
}

/** The field that a title names; null when it names none of the table's. */
export function fieldTitled(definition: TableDefinition, title: string): FieldDefinition | null {
  const spellings = spellingsOf(title);
  for (const spelling of spellings) {
    const exact = definition.fields.find((field) =>
      namesOf(definition, field).some((name) => plain(name) === spelling),
    );
    if (exact) return exact;
  }
  return (
    definition.fields.find((field) =>
      namesOf(definition, field).some((name) => spellingsOf(name).some((each) => spellings.includes(each))),
    ) ?? null
  );
}

function namesOf(definition: TableDefinition, field: FieldDefinition): readonly string[] {
  const printed = leavesOf(definition.sheet.columns).find((leaf) => leaf.field === field.key);
  return [field.name, ...(printed ? [printed.title] : []), field.short, ...field.synonyms];
}

export const isSerialTitle = (title: string): boolean => serialTitles.has(plain(title));
export const isUnitTitle = (title: string): boolean => unitTitle.test(plain(title));
