// What our scripts use of idb 8.0.4, whose own types are spread over several files.
export interface IDBPStore {
  get(key: string): Promise<any>;
  put(value: unknown): Promise<unknown>;
  delete(key: string): Promise<void>;
  clear(): Promise<void>;
}
export interface IDBPTransaction {
  readonly store: IDBPStore;
  readonly done: Promise<void>;
  abort(): void;
  objectStore(name: string): IDBPStore;
}
export interface IDBPDatabase {
  createObjectStore(name: string, options?: IDBObjectStoreParameters): unknown;
  transaction(
    names: string | string[],
    mode: IDBTransactionMode,
    options?: IDBTransactionOptions,
  ): IDBPTransaction;
  get(store: string, key: string): Promise<any>;
  getAll(store: string): Promise<any[]>;
}
export interface OpenDBCallbacks {
  upgrade?(database: IDBPDatabase, oldVersion: number, newVersion: number | null): void;
  blocked?(): void;
  blocking?(currentVersion: number, blockedVersion: number | null, event: IDBVersionChangeEvent): void;
  terminated?(): void;
}
export function openDB(
  name: string,
  version?: number,
  callbacks?: OpenDBCallbacks,
): Promise<IDBPDatabase>;
