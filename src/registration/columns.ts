/** The six columns of 附件4, in its order, as they are asked for in a chat. */
import type { Registration } from '../../entities/registration';

export type ContactField = 'unit' | 'name' | 'title' | 'officePhone' | 'mobile' | 'email';
/** The columns that a person writes as text. */
export type DetailField = Exclude<ContactField, 'unit'>;

export const contactColumns: Readonly<Record<ContactField, string>> = {
  unit: '单位',
  name: '姓名',
  title: '职务',
  officePhone: '办公电话',
  mobile: '手机',
  email: '邮箱',
};

export const contactFields = Object.keys(contactColumns) as readonly ContactField[];

/** What is known of the six columns; null and the empty text mean not yet. */
export type Details = Pick<Registration, 'unitId' | DetailField>;

export const noDetails: Details = { unitId: null, name: '', title: '', officePhone: '', mobile: '', email: '' };

export function detailsIn({ unitId, name, title, officePhone, mobile, email }: Details): Details {
  return { unitId, name, title, officePhone, mobile, email };
}

export function missingIn(details: Details): readonly ContactField[] {
  return contactFields.filter((field) => (field === 'unit' ? details.unitId === null : details[field] === ''));
}
