/**
 * The workbook library, loaded when the first workbook is read or written. Its declarations call it an ES module even for
 * CommonJS callers, so that a plain import does not compile; it runs as either.
 */
export const loadLibrary = () => import('@cj-tech-master/excelts');

export type Library = Awaited<ReturnType<typeof loadLibrary>>;
export type Workbook = InstanceType<Library['Workbook']>;
export type Worksheet = ReturnType<Workbook['addWorksheet']>;
export type Cell = ReturnType<Worksheet['getCell']>;
