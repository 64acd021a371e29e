using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MusicRec.Catalog.Database.Migrations.PostgreSql
{
    /// <summary>No table changes: vectors of feature version 3 have another form, and programs that know only earlier ones refuse a database with this migration.</summary>
    public partial class Sounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
