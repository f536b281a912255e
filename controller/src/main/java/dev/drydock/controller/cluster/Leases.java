package dev.drydock.controller.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The lease that one controller at a time holds, and who there is. Time is the database's: no two machines' clocks are compared.
 * Every method may fail by a {@link LeaseException} while the database cannot be reached.
 */
public interface Leases extends AutoCloseable {
    /** A term of one leader. */
    record Term(long epoch, Member leader) {}

    /** Takes the lease when nobody has it or it has run out. @return the new term's epoch */
    Optional<Long> take(Member member, Duration lease);

    /** @return whether that term still stands; else another one has begun */
    boolean renew(long epoch, Duration lease);

    /** Lets it go, so that another may have it at once. Of a former term: nothing. */
    void release(long epoch);

    /** Whose lease has not run out. */
    Optional<Term> current();

    /** Puts on record that a member lives, with the connections of agents that it has. */
    void seen(Member member, int connections);

    /** By name; without those that were not seen for a day. */
    List<MemberStatus> members();

    /** Puts on record that a member has just started. */
    void started(Member member);

    /** What all members must have the same of, as the first of them had it. */
    String agreed(String name, String ours);

    Optional<String> agreed(String name);

    @Override
    void close();
}
