/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

/**
 * One class as the dump describes it. Arrays are owned by the record and must not be changed; those of one group have the
 * same length.
 *
 * @param offset where its sub-record starts in the file
 * @param end where it ends
 * @param id id of the class object
 * @param superId id of the super class, 0 for none
 * @param loaderId id of the class loader, 0 for the boot loader
 * @param signersId id of the signers, 0 for none
 * @param protectionDomainId id of the protection domain, 0 for none
 * @param instanceBytes sum of the sizes of all instance fields in the dump, inherited ones included; in a brief dump the
 *     shallow size of an instance, or of what all instances have
 * @param constantPoolReferences ids in the constant pool, index has no meaning
 * @param staticNameIds static field → id of its name
 * @param staticTypes static field → type code
 * @param staticValues static field → value; a reference as id, a primitive as its bits
 * @param fieldNameIds instance field declared by this class → id of its name, in the order of instance data
 * @param fieldTypes instance field declared by this class → type code
 */
public record ClassDump(
        long offset,
        long end,
        long id,
        long superId,
        long loaderId,
        long signersId,
        long protectionDomainId,
        int instanceBytes,
        long[] constantPoolReferences,
        long[] staticNameIds,
        byte[] staticTypes,
        long[] staticValues,
        long[] fieldNameIds,
        byte[] fieldTypes) {}
